// Packs every package, installs the tarballs into an empty folder, and uses them there: the README's
// library snippet is compiled and run; engine and x509 run without Node's globals.
import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import vm from "node:vm"
import { build } from "esbuild"

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const folder = mkdtempSync(join(tmpdir(), "countersign-pack-"))
const run = (command, args, cwd) =>
  execFileSync(command, args, { cwd, stdio: ["ignore", "pipe", "inherit"], encoding: "utf8" })
const step = (text) => process.stdout.write(`pack: ${text}\n`)

const uses = {
  engine: `
    const policy = api.policy({
      apiId: "a", orgId: "o", staticMtls: "off", identity: { _tag: "authToken", certificate: false },
    })
    const verdict = api.decide(policy, {
      now: 0, hostAgrees: true, connection: { _tag: "plain" },
      credentials: { authToken: "none", jwt: "none" },
    })
    if (verdict.reason !== "auth.auth_field_missing") throw new Error(JSON.stringify(verdict))
    verdict.reason`,
  x509: `
    const read = api.readCertificate(new Uint8Array([48, 0]))
    if (read._tag !== "Malformed") throw new Error(read._tag)
    read._tag`,
}

try {
  const tarballs = packEverything()
  const app = join(folder, "app")
  install(app, tarballs)
  compileAndRunReadme(app)
  runCli(app)
  await runWithoutNode(app)
  step("everything works from the tarballs")
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function packEverything() {
  const workspaces = ["packages", "adapters"]
    .flatMap((parent) => readdirSync(join(root, parent)).map((name) => join(parent, name)))
    .concat("spec")
  return workspaces.map((workspace) => {
    const [{ filename }] = JSON.parse(
      run("npm", ["pack", "--json", "--pack-destination", folder, `./${workspace}`], root),
    )
    step(`${workspace} -> ${filename}`)
    return join(folder, filename)
  })
}

function install(app, tarballs) {
  mkdirSync(app)
  const typescript = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).devDependencies
  const manifest = {
    name: "app",
    private: true,
    type: "module",
    dependencies: Object.fromEntries(tarballs.map((file) => [nameIn(file), `file:${file}`])),
    devDependencies: {
      typescript: typescript.typescript,
      "@types/node": typescript["@types/node"],
    },
  }
  writeFileSync(join(app, "package.json"), JSON.stringify(manifest))
  run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"], app)
}

function nameIn(tarball) {
  const text = run("tar", ["-xzOf", tarball, "package/package.json"], folder)
  return JSON.parse(text).name
}

function compileAndRunReadme(app) {
  const readme = readFileSync(join(root, "README.md"), "utf8")
  const snippets = [...readme.matchAll(/<!-- run: (\S+) -->\n```ts\n([\s\S]*?)```/g)]
  if (snippets.length === 0) throw new Error("the README has no snippet to run")
  for (const [, file, code] of snippets) writeFileSync(join(app, file), code)
  const options = {
    compilerOptions: {
      target: "ES2023",
      module: "NodeNext",
      strict: true,
      exactOptionalPropertyTypes: true,
      types: ["node"],
      outDir: "out",
      rootDir: ".",
    },
    files: snippets.map(([, file]) => file),
  }
  writeFileSync(join(app, "tsconfig.json"), JSON.stringify(options))
  run(join(app, "node_modules", ".bin", "tsc"), ["-p", "."], app)
  for (const [, file] of snippets) {
    const output = run("node", [join("out", file.replace(/\.ts$/, ".js"))], app)
    step(`${file} prints ${output.trim().split("\n").at(-1)}`)
  }
}

function runCli(app) {
  const version = run(join(app, "node_modules", ".bin", "countersign"), ["--version"], app)
  step(`countersign ${version.trim()}`)
}

async function runWithoutNode(app) {
  for (const name of ["engine", "x509"]) {
    const bundle = await build({
      stdin: { contents: `export * from "@countersign/${name}"`, resolveDir: app },
      bundle: true,
      write: false,
      format: "iife",
      globalName: "api",
      platform: "neutral",
      logLevel: "warning",
    })
    const context = vm.createContext(Object.create(null))
    vm.runInContext(bundle.outputFiles[0].text, context)
    const used = vm.runInContext(uses[name], context)
    step(`${name} without Node's globals: ${used}`)
  }
}
