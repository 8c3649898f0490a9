// Mutation tests of the decision: `npm run mutation [-- <folder or file> …]`.
// Stryker edits a copy of the tree in place, so that tests see the mutated sources of every package
// that they import. Survivors stand with their reasons in spec/mutation/survivors.json; one that is
// not listed, one that is listed but killed or gone, and a score below the floor fail the run.
import { execFileSync, spawnSync } from "node:child_process"
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, relative, resolve } from "node:path"
import { fileURLToPath } from "node:url"

const floor = 95
/** Of a text in the name of a mutant, in characters. */
const longest = 60
const scope = [
  "packages/engine/src",
  "packages/guard/src",
  "packages/x509/src/path",
  "packages/x509/src/policy",
]
/** What reaches the mutated code at a price that every mutant can pay. */
const tests = {
  "packages/engine": /^(?!bundle)/,
  "packages/guard": /^/,
  "packages/x509": /^(path|policy|revocation)\//,
}
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const reports = join(root, "coverage/mutation")
const survivorsFile = join(root, "spec/mutation/survivors.json")

const parts = partsOf(process.argv.slice(2))
const copy = mkdtempSync(join(tmpdir(), "countersign-mutation-"))
process.once("exit", () => rmSync(copy, { recursive: true, force: true }))
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1))

const started = Date.now()
copyTree()
const mutants = [...new Set(parts.map(packageOf))].flatMap((folder) =>
  mutate(
    folder,
    parts.filter((part) => packageOf(part) === folder),
  ),
)
const isGood = [printScores(mutants), compareWithList(mutants)].every(Boolean)
process.stdout.write(`${Math.round((Date.now() - started) / 1000)} s\n`)
process.exitCode = isGood ? 0 : 1

function partsOf(args) {
  if (args.length === 0) return scope
  const paths = args.map((arg) => relative(root, resolve(arg)))
  const unknown = paths.filter((path) => !packageOf(path) || !existsSync(join(root, path)))
  if (unknown.length === 0) return paths
  process.stderr.write(`mutation: no such source: ${unknown.join(", ")}\n`)
  process.exit(2)
}

function packageOf(path) {
  return /^packages\/(engine|guard|x509)(?=\/src)/.exec(path)?.[0]
}

/** What git tracks or would track, and the installed packages; links between workspaces stay inside. */
function copyTree() {
  const listed = execFileSync("git", ["ls-files", "-z", "-co", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  })
  const files = listed.split("\0").filter((file) => file !== "" && existsSync(join(root, file)))
  for (const file of files) {
    cpSync(join(root, file), join(copy, file), { verbatimSymlinks: true })
  }
  const manifests = files.filter((file) => /(^|\/)package\.json$/.test(file))
  for (const folder of manifests.map(dirname)) linkModules(join(folder, "node_modules"))
}

function linkModules(folder) {
  if (!existsSync(join(root, folder))) return
  mkdirSync(join(copy, folder), { recursive: true })
  for (const name of readdirSync(join(root, folder))) {
    const [from, to] = [join(root, folder, name), join(copy, folder, name)]
    if (name === "@countersign") cpSync(from, to, { recursive: true, verbatimSymlinks: true })
    else if (!name.startsWith(".")) symlinkSync(from, to)
  }
}

/** One module that holds every test file as a group. */
function gatherTests(folder) {
  const names = readdirSync(join(copy, folder, "test"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts") && tests[folder].test(name))
    .sort()
  const lines = [
    'import fc from "fast-check"',
    'import { describe } from "vitest"',
    // So that a mutant that is killed once is killed every time.
    "fc.configureGlobal({ seed: 5280 })",
    ...names.map((name) => `await describe("${name}", () => import("./${name}"))`),
  ]
  writeFileSync(join(copy, folder, "test/mutation.mjs"), lines.join("\n"))
}

/** Every mutant of the parts of one package, as Stryker judged it. */
function mutate(folder, paths) {
  const report = `reports/${folder.split("/").at(-1)}.json`
  const options = {
    mutate: paths.map((path) => (path.endsWith(".ts") ? path : `${path}/**/*.ts`)),
    inPlace: true,
    plugins: [join(copy, "scripts/mutation-runner.mjs")],
    testRunner: "in-process",
    // Memory: a module that was loaded once is never given back.
    maxTestRunnerReuse: 150,
    // Late is not killed: what runs on and on is found by counting, and a busy machine is patient.
    timeoutMS: 15_000,
    timeoutFactor: 2,
    coverageAnalysis: "perTest",
    concurrency: 2,
    disableTypeChecks: false,
    allowEmpty: true,
    reporters: ["json", process.stdout.isTTY ? "progress" : "progress-append-only"],
    jsonReporter: { fileName: report },
  }
  gatherTests(folder)
  writeFileSync(join(copy, "stryker.config.json"), JSON.stringify(options))
  const stryker = join(root, "node_modules/@stryker-mutator/core/bin/stryker.js")
  const { status } = spawnSync(process.execPath, [stryker, "run"], {
    cwd: copy,
    stdio: "inherit",
  })
  if (status !== 0 || !existsSync(join(copy, report))) process.exit(1)
  mkdirSync(reports, { recursive: true })
  cpSync(join(copy, report), join(reports, report.slice("reports/".length)))
  const { files } = JSON.parse(readFileSync(join(copy, report), "utf8"))
  return Object.entries(files).flatMap(([file, { source, mutants }]) =>
    named(mutants.sort(inOrder).map((mutant) => read(file, source.split("\n"), mutant))),
  )
}

function inOrder({ location: { start: a } }, { location: { start: b } }) {
  return a.line - b.line || a.column - b.column
}

function read(file, lines, { mutatorName, replacement, location, status }) {
  const { start, end } = location
  const original = lines.slice(start.line - 1, end.line)
  original[original.length - 1] = original.at(-1).slice(0, end.column - 1)
  original[0] = original[0].slice(start.column - 1)
  const [from, to] = shortened(wordsOf(original.join(" ")), wordsOf(replacement))
  const line = lines[start.line - 1].trim()
  const id = [file, mutatorName, line, `${from} -> ${to}`].join(" | ")
  return { id, file, line: start.line, status }
}

function wordsOf(text) {
  return text.trim().split(/\s+/)
}

/** Long texts without the words that they begin and end with alike; the rest is cut. */
function shortened(from, to) {
  const isLong = [from, to].some((words) => words.join(" ").length > longest)
  if (isLong) {
    while (from.length > 1 && to.length > 1 && from[0] === to[0])
      [from, to] = [from.slice(1), to.slice(1)]
    while (from.length > 1 && to.length > 1 && from.at(-1) === to.at(-1)) {
      from = from.slice(0, -1)
      to = to.slice(0, -1)
    }
  }
  return [from, to].map((words) => {
    const text = words.join(" ")
    return text.length > longest ? `${text.slice(0, longest - 1)}…` : text
  })
}

/** Ids name what changes, not where; those that are equal are numbered. */
function named(mutants) {
  const seen = new Map()
  return mutants.map((mutant) => {
    const count = (seen.get(mutant.id) ?? 0) + 1
    seen.set(mutant.id, count)
    return count === 1 ? mutant : { ...mutant, id: `${mutant.id} #${count}` }
  })
}

function isKilled({ status }) {
  return status === "Killed" || status === "Timeout"
}

function isCounted({ status }) {
  return ["Killed", "Timeout", "Survived", "NoCoverage"].includes(status)
}

/** One row for each part and each of its folders; the floor holds for the part. */
function printScores(all) {
  const counted = all.filter(isCounted)
  process.stdout.write("\n  killed  mutants  score\n")
  const within = (part) =>
    counted.filter(({ file }) => file === part || file.startsWith(`${part}/`))
  const rows = parts.map((part) => {
    const own = within(part)
    const folders = [...new Set(own.map(({ file }) => dirname(file)))].sort()
    const score = printScore(part, own)
    if (folders.length > 1) {
      for (const folder of folders) {
        printScore(
          `  ${folder}/*`,
          own.filter(({ file }) => dirname(file) === folder),
        )
      }
    }
    return score
  })
  return rows.every((score) => score >= floor)
}

function printScore(label, rows) {
  const killed = rows.filter(isKilled).length
  const score = rows.length === 0 ? 100 : (100 * killed) / rows.length
  const cells = [
    String(killed).padStart(8),
    String(rows.length).padStart(9),
    score.toFixed(1).padStart(7),
  ]
  process.stdout.write(`${cells.join("")}  ${label}\n`)
  return score
}

/** Every survivor is listed, and every listed one survives: a list that is outdated hides the next fault. */
function compareWithList(all) {
  const survivors = all.filter((mutant) => isCounted(mutant) && !isKilled(mutant))
  const files = new Set(all.map(({ file }) => file))
  const whole = parts === scope
  const listed = Object.entries(JSON.parse(readFileSync(survivorsFile, "utf8")))
    .flatMap(([, ids]) => ids)
    .filter((id) => whole || files.has(id.split(" | ")[0]))
  const unlisted = survivors.filter(({ id }) => !listed.includes(id))
  const ids = new Set(survivors.map(({ id }) => id))
  const outdated = listed.filter((id) => !ids.has(id))
  process.stdout.write(
    `\n${survivors.length} survivors, ${survivors.length - unlisted.length} listed\n`,
  )
  for (const { id, line } of unlisted)
    process.stdout.write(`survivor, not listed: ${id} (line ${line})\n`)
  for (const id of outdated) process.stdout.write(`listed, but killed or gone: ${id}\n`)
  return unlisted.length === 0 && outdated.length === 0
}
