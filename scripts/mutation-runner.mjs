// How Stryker runs the tests of one package for scripts/mutation.mjs: bundled into one module, in its
// own process, with this file in the place of vitest. Its vitest runner starts a thread and loads
// every module anew for every mutant, which takes most of the time.
import { join, resolve } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { format } from "node:util"
import { build } from "esbuild"
import { expect } from "vitest"

export { expect }

/** What instrumented code reads and writes: the active mutant, and what was covered. */
globalThis.__stryker__ ??= {}
const switches = globalThis.__stryker__

let group

export async function describe(name, body) {
  const parent = group
  group = newGroup(`${parent.name}${name} > `, parent)
  parent.groups.push(group)
  await body()
  group = parent
}

function newGroup(name, parent) {
  return { name, parent, hooks: [], tests: [], groups: [], isReady: false }
}

/** A test of size, which shows nothing that a small set does not, and takes seconds with counters inside. */
const tooLong = /100 000/

export function it(name, body) {
  if (tooLong.test(name)) return
  const same = group.tests.filter((test) => test.name === name).length
  const id = `${group.name}${name}${same > 0 ? ` #${same + 1}` : ""}`
  group.tests.push({ name, id, body, group })
}

export { it as test }

export function beforeAll(body) {
  group.hooks.push(body)
}

describe.each = eachOf(describe)
it.each = eachOf(it)

function eachOf(define) {
  return (rows) => (name, body) => {
    const places = name.match(/%[sdjo]/g)?.length ?? 0
    const rowsAreLists = rows.every(Array.isArray)
    for (const row of rows) {
      const values = rowsAreLists ? row : [row]
      define(format(name, ...values.slice(0, places)), () => body(...values))
    }
  }
}

class InProcess {
  #folder
  #bundle = ""
  #loads = 0

  constructor({ mutate: [first] }) {
    this.#folder = resolve(/^packages\/\w+/.exec(first)[0], "test")
  }

  capabilities() {
    return { reloadEnvironment: true }
  }

  async init() {
    this.#bundle = join(this.#folder, `mutation-${process.pid}.mjs`)
    await bundle(join(this.#folder, "mutation.mjs"), this.#bundle)
  }

  async dryRun() {
    const tests = await this.#load()
    const results = []
    for (const one of tests) results.push(await outcomeOf(one))
    return { status: "complete", tests: results, mutantCoverage: switches.mutantCoverage }
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation, sandboxFileName }) {
    // Stryker allows a hundred times the hits of all tests, which may take minutes.
    const mostHits = hitLimit / 10
    Object.assign(switches, { activeMutant: undefined, hitCount: 0, hitLimit: mostHits })
    if (mutantActivation === "static") switches.activeMutant = activeMutant.id
    let tests
    try {
      tests = await this.#load()
    } catch (error) {
      return killed("the tests do not load", error, 0)
    }
    switches.activeMutant = activeMutant.id
    const wanted = testFilter && new Set(testFilter)
    const own = `${sandboxFileName.split("/src/").at(-1).replace(/\.ts$/, "")}.test.ts >`
    const chosen = tests
      .filter(({ id }) => wanted?.has(id) ?? true)
      .sort((a, b) => rank(a, own) - rank(b, own))
    for (const [i, one] of chosen.entries()) {
      const { status, failureMessage } = await outcomeOf(one)
      if (switches.hitCount > mostHits) return { status: "timeout", reason: "it runs on and on" }
      if (status === failed) return killed(one.id, failureMessage, i + 1)
    }
    return { status: "survived", nrOfTests: chosen.length }
  }

  /** Anew for every mutant: nothing that one has left behind is seen by the next. */
  async #load() {
    group = newGroup("", undefined)
    const top = group
    await import(`${pathToFileURL(this.#bundle)}?${++this.#loads}`)
    return testsOf(top)
  }
}

const [passed, failed] = [0, 1]

/** The tests of the mutated file go first, those that draw worlds at random last. */
function rank({ id }, own) {
  if (id.startsWith(own)) return 0
  return /^[^>]*(laws|world|random)/.test(id) ? 2 : 1
}

function testsOf({ tests, groups }) {
  return [...tests, ...groups.flatMap(testsOf)]
}

function killed(id, failure, nrOfTests) {
  return { status: "killed", killedBy: [id], failureMessage: String(failure), nrOfTests }
}

let stray
process.on("unhandledRejection", (error) => {
  stray = error
})

async function outcomeOf({ id, body, group }) {
  const started = performance.now()
  const outcome = (status, more) => {
    switches.currentTestId = undefined
    return { id, name: id, status, timeSpentMs: performance.now() - started, ...more }
  }
  stray = undefined
  try {
    await prepare(group)
    switches.currentTestId = id
    await body()
    if (stray !== undefined) throw stray
    return outcome(passed)
  } catch (error) {
    return outcome(failed, { failureMessage: String(error) })
  }
}

async function prepare(group) {
  if (group === undefined || group.isReady) return
  await prepare(group.parent)
  for (const hook of group.hooks) await hook()
  group.isReady = true
}

function bundle(entry, outfile) {
  const self = fileURLToPath(import.meta.url)
  return build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    conditions: ["@countersign/source"],
    logLevel: "warning",
    plugins: [
      { name: "packages", setup: (hooks) => hooks.onResolve({ filter: /^[^./]/ }, outside) },
    ],
  })

  function outside({ path }) {
    if (path === "vitest") return { path: pathToFileURL(self).href, external: true }
    return path.startsWith("@countersign/") ? undefined : { path, external: true }
  }
}

function inProcess(options) {
  return new InProcess(options)
}
inProcess.inject = ["options"]

export const strykerPlugins = [{ kind: "TestRunner", name: "in-process", factory: inProcess }]
