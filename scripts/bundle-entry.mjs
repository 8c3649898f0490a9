// What `npm pack` of a package runs first: the modules of its entry become one file, because node takes
// half a millisecond for each file that it loads. The next `tsc -b` writes all modules again.
import { rmSync } from "node:fs"
import { pathToFileURL } from "node:url"
import { build } from "esbuild"

/** Bundles `dist/index.js` of a folder; what comes from other packages stays imported. */
export async function bundleEntry(folder, outfile = `${folder}/dist/index.js`) {
  await build({
    entryPoints: [`${folder}/dist/index.js`],
    outfile,
    allowOverwrite: true,
    bundle: true,
    packages: "external",
    format: "esm",
    platform: "neutral",
    target: "es2023",
    sourcemap: true,
    logLevel: "error",
  })
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await bundleEntry(process.cwd())
  rmSync("dist/.tsbuildinfo", { force: true })
}
