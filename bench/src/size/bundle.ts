import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { build } from "esbuild"
import { root } from "../root.ts"

export interface BundleOptions {
  /** Leaves out whatever comes from another package. */
  readonly own: boolean
}

/** Bytes of some code, bundled, minified and gzipped, as somebody who deploys it would have them. */
export async function bundledBytes(code: string, { own }: BundleOptions): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: fileURLToPath(root) },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "node",
    logLevel: "error",
    ...(own ? { plugins: [others] } : {}),
  })
  const [file] = outputFiles
  if (file === undefined) throw new Error("esbuild wrote nothing")
  return gzipSync(file.contents, { level: 9 }).length
}

/** Whatever a file of the package imports by name belongs to somebody else. */
const others: import("esbuild").Plugin = {
  name: "others",
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, importer }) =>
      importer === "<stdin>" ? undefined : { path, external: true },
    )
  },
}
