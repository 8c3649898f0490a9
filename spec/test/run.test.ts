import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { ran, temporaryFolder } from "./run-terminal.ts"

const folder = temporaryFolder()
const few = ["--only", "laws", "--filter", "a-token-alone-opens-no-dynamic-api", "--runs", "60"]
const noCases = folder.write("no-cases.json", "{}")
const noJson = folder.write("no-json.json", "{")

describe("the command line", () => {
  it.each([[[]], [["states"]], [["differences"]], [["faults"]], [["limbo"]]])(
    "helps with examples: %j",
    async (command) => {
      const { code, out, err } = await ran([...command, "--help"])
      expect(code).toBe(0)
      expect(err).toBe("")
      expect(out).toContain("Examples:\n  countersign-spec")
      expect(out).toContain("Exit codes: 0 all as expected, 1 ")
      expect((await ran(["help", ...command])).out).toBe(out)
      expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100)
    },
  )

  it.each([
    [["conjure"], "unknown command 'conjure'"],
    [["--fast"], "unknown option '--fast'"],
    [["--runs", "0"], "write a whole number from 1"],
    [["--seed", "1e3"], "write a whole number from"],
    [["--only", "rows"], "Allowed choices are vectors, laws"],
    [["--driver", "node", "--module", "x.mjs"], "cannot be used with option"],
    [["--driver", "node", "--seed", "5280"], "cannot be used with option '--seed <n>'"],
    [["--driver", "node", "--runs", "9"], "cannot be used with option '--runs <n>'"],
    [["--driver", "node", "--write-counterexamples", "x"], "'--write-counterexamples <dir>'"],
    [["--driver", "node", "--only", "laws"], "a gateway is asked with vectors alone"],
    [["--vectors", "x.json", "--only", "laws"], "leave nothing to run"],
    [["--filter", "nothing has this text"], "nothing is left to run"],
    [["--vectors", "/no/such/file.json"], "/no/such/file.json: the file cannot be read (ENOENT)"],
    [
      ["--driver", "node", "--vectors", "/no/such/file.json"],
      "/no/such/file.json: the file cannot",
    ],
    [["--driver", "no-such-driver"], "it is none of node, node-http2, fastify"],
    [["--driver", "no-such-driver"], "such as ./no-such-driver"],
    [["--driver", "./no-such-driver"], "the driver ./no-such-driver cannot be used: "],
    [["states", "--product", "nowhere"], "there is no product nowhere; there are near,"],
    [["faults", "--filter", "nothing has this text"], "no fault is left"],
    [["differences", "--fast"], "unknown option '--fast'"],
    [["limbo"], "missing required argument 'file'"],
    [["limbo", "/no/such/file.json"], "/no/such/file.json: the file cannot be read (ENOENT)"],
    [["limbo", noCases], "no file of cases: TypeError: file has no list named testcases"],
    [["limbo", noJson], "no file of cases: SyntaxError: "],
  ])("says in one line what is wrong with %j", async (args, message) => {
    const { code, out, err } = await ran(args)
    expect(code).toBe(2)
    expect(out).toBe("")
    expect(err).toMatch(/^countersign-spec: [^\n]+\n$/)
    expect(err).toContain(message)
  })

  it("runs what is in the package against the engine", async () => {
    const { code, out, err } = await ran(["--filter", "alternatives", "--runs", "5"])
    expect([code, err]).toEqual([0, ""])
    expect(out).toMatch(
      /^@countersign\/engine: .* laws? \(up to 5 runs each, seed 5280\): all as expected/m,
    )
  })

  it("prints one JSON object when asked for it", async () => {
    const { code, out } = await ran([...few, "--json", "--seed", "7"])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      ...{ subject: "@countersign/engine", seed: 7, runs: 60, laws: 1, findings: [] },
    })
  })

  it("says how far it is to whoever watches, and takes that away", async () => {
    const { err } = await ran(few, { isWatched: true })
    expect(err).toContain("law 1 of 1: ")
    expect(err.endsWith("\r\u001b[K")).toBe(true)
  })
})

const denying = (rest: string): string =>
  `export const decide = () => ({ _tag: "Deny", ...${rest} })`
const allowing = (rest: string): string =>
  `export const decide = () => ({ _tag: "Allow", ...${rest} })`

describe("a module", () => {
  const allow = "{ _tag: 'Allow', identity: {}, obligations: [] }"

  it.each([
    ["export const other = 1", "exports no function named `decide`"],
    ["throw new Error('first\\nsecond')", "does not load: Error: first"],
    ["throw null", "does not load: null"],
    ["export const = 1", "does not load: "],
  ])("that cannot be used is refused: %s", async (source, message) => {
    const file = folder.write(`bad-${source.replaceAll(/\W/g, "-")}.mjs`, source)
    const { code, err } = await ran([...few, "--module", file])
    expect(code).toBe(2)
    expect(err).toMatch(/^countersign-spec: [^\n]+\n$/)
    expect(err).toContain(message)
  })

  it.each([
    ["throws", "export function decide() { throw new Error('no') }", "Error: no"],
    ["throws-null", "export function decide() { throw null }", "null"],
    ["promises", "export async function decide() { throw new Error('late') }", "a promise"],
    ["compiles-late", "export const policy = async () => 1", "policy returned a promise"],
    ["number", "export default () => 42", "answered 42, which is no verdict: it is no object"],
    ["nothing", "export default { decide() {} }", "answered undefined, which is"],
    ["loop", "const a = {}; a.a = a; export const decide = () => a", "something that has no text"],
    [
      "half",
      `export const decide = () => ({ _tag: "Deny", reason: 3 })`,
      '{"_tag":"Deny","reason":3}, which is no verdict: reason is 3, not a text',
    ],
    ["no-status", denying("{ reason: 'r', message: '' }"), "no verdict: status is missing"],
    ["no-message", denying("{ reason: 'r', status: 403 }"), "no verdict: message is missing"],
    ["no-tag", denying("{ _tag: 'Maybe' }"), "no verdict: _tag is neither Allow nor Deny"],
    ["nobody", allowing("{}"), "no verdict: identity is missing"],
    [
      "null-leaf",
      allowing("{ identity: { leaf: null }, obligations: [] }"),
      "no verdict: identity.leaf is null, not a text or undefined",
    ],
    ["no-duty", allowing("{ identity: {} }"), "no verdict: obligations is missing"],
    [
      "odd-duty",
      allowing("{ identity: {}, obligations: ['a', 3] }"),
      "no verdict: obligations.1 is 3, not a text",
    ],
  ])("that is nonsense is reported: %s", async (name, source, message) => {
    const { code, out } = await ran([...few, "--module", folder.write(`${name}.mjs`, source)])
    expect(code).toBe(1)
    expect(out.replaceAll(/\s+/g, " ")).toContain(message)
  })

  it("that answers what is no verdict has thrown nothing", async () => {
    const file = folder.write("half-allow.mjs", allowing("{ identity: {} }"))
    const { out } = await ran(["--module", file, "--only", "vectors", "--filter", "bind."])
    expect(out.replaceAll(/\s+/g, " ")).toContain("× the same: answered {")
    expect(out).not.toContain("threw")
  })

  it("that fails of everything in the same way is told so once", async () => {
    const file = folder.write("down.mjs", "export function decide() { throw new Error('down') }")
    const { out } = await ran(["--module", file, "--only", "vectors"])
    expect(out).toMatch(/\d\d × the same: threw: down/)
    expect(out.split("threw: down")).toHaveLength(2)
  })

  it("that has the engine's own behaviour passes, and what it lacks is the engine's", async () => {
    const { href } = new URL("../../packages/engine/src/index.ts", import.meta.url)
    const source = `import { decide as theirs } from ${JSON.stringify(href)}
      export const decide = (policy, request) => theirs(policy, request)`
    const file = folder.write("same.mjs", source)
    const { code, out } = await ran([...few, "--module", file])
    expect(out).toContain("1 law (up to 60 runs each, seed 5280): all as expected")
    expect(code).toBe(0)
  })

  it("that breaks a law is shown a counterexample, which can be run again", async () => {
    const open = folder.write("open.mjs", `export const decide = () => (${allow})`)
    const place = join(folder.path, "counterexamples")
    const found = await ran([...few, "--module", open, "--write-counterexamples", place])
    expect(found.code).toBe(1)
    const [name = ""] = readdirSync(place)
    const file = join(place, name)
    expect(found.out).toContain(`\n\nwritten: ${file}\n\n${open}: 1 law`)
    const text = readFileSync(file, "utf8").trimEnd()
    expect(found.out).not.toContain(text)
    expect(found.err).toBe("")
    expect((await ran([...few, "--module", open])).out).toContain(text)
    const json = await ran([...few, "--module", open, "--json", "--write-counterexamples", place])
    expect(json.err).toBe(`written: ${file}\n`)
    const nowhere = await ran([...few, "--module", open, "--write-counterexamples", open])
    expect(nowhere.err).toContain("cannot be written")
    expect(nowhere.out).toContain(text)
    const again = await ran(["--vectors", file, "--module", open])
    expect(again.code).toBe(1)
    expect(again.out).toContain("1 counterexample: 2 not as expected")
    expect((await ran(["--vectors", file])).code).toBe(0)
  })

  it.each([
    ['"plain"', '"plane"', /:\d+: vectors\.0\.request\.connection/],
    ['"law": "', '"law": "no-', /:1: there is no law `no-/],
    ['"hostAgrees": ', '"hostAgreed": ', /:\d+: vectors\.0\.request\.hostAgreed/],
  ])("a counterexample with %s as %s is refused with its line", async (text, instead, message) => {
    const vectors = [{ id: "a", sentence: "b", sources: ["design:D2"], ...dynamicCase }]
    const law = { about: "a", law: "a-token-alone-opens-no-dynamic-api", vectors }
    const written = JSON.stringify(law, undefined, 2)
    expect((await ran(["--vectors", folder.write("sound.json", written)])).code).toBe(0)
    const broken = folder.write("broken.json", written.replace(text, instead))
    const { code, err } = await ran(["--vectors", broken])
    expect(code).toBe(2)
    expect(err).toMatch(message)
  })
})

const plainCase = {
  policy: {
    apiId: "a",
    orgId: "o",
    staticMtls: "off",
    identity: { _tag: "keyless" },
    flags: {
      allowDynamicMtlsTokenAuth: false,
      certificateTokenBinding: true,
      boundCertificateSatisfiesAllowList: false,
    },
    revocation: "off",
    stripAuthorizationData: false,
  },
  request: {
    now: "2026-06-15T12:00:00Z",
    hostAgrees: true,
    connection: "plain",
    credentials: { authToken: "none", jwt: "none" },
    holder: "none",
  },
}

const dynamicCase = {
  ...plainCase,
  expect: { deny: { reason: "auth.cert_required", status: { default: 403, "tyk-5.12": 401 } } },
  policy: { ...plainCase.policy, identity: { _tag: "authToken", certificate: true } },
}

describe("files of vectors", () => {
  function fileOf(expected: object, id = "one"): string {
    const vector = { id, sentence: "s", sources: ["design:A1"], ...plainCase, expect: expected }
    return JSON.stringify({ about: "a", vectors: [vector] }, undefined, 2)
  }
  const nobody = { session: "none", sessionBy: "none", leaf: "none", leafBy: "none" }
  const allowed = { allow: { ...nobody, obligations: [] } }
  const required = {
    deny: { reason: "auth.cert_required", status: { default: 403, "tyk-5.12": 401 } },
  }

  it("are run instead of the package's own", async () => {
    const file = folder.write("allowed.json", fileOf(allowed))
    const { code, out } = await ran(["--vectors", file])
    expect(code).toBe(0)
    expect(out).toContain("1 decision vector: all as expected")
  })

  it("that expect something else are shown in a table", async () => {
    const file = folder.write("denied.json", fileOf(required))
    const { code, out } = await ran(["--vectors", file])
    expect(code).toBe(1)
    expect(out).toContain("one     s\n        → expected Deny auth.cert_required 403, got Allow")
  })

  it("expect the statuses of one preset where one is named", async () => {
    const module = folder.write(
      "one-preset.mjs",
      `export const policy = ({ responses }) => responses.preset
       export const decide = (preset) => ({
         _tag: "Deny", reason: "auth.cert_required", message: "", status: preset === "tyk-5.12" ? 401 : 500,
       })`,
    )
    const file = folder.write("status.json", fileOf(required))
    const args = ["--module", module, "--vectors", file]
    expect((await ran(args)).code).toBe(1)
    expect((await ran([...args, "--preset", "tyk-5.12"])).code).toBe(0)
    expect((await ran([...args, "--preset", "default"])).code).toBe(1)
  })

  it("with an unknown reason are refused in one line that names it, and is first", async () => {
    const text = fileOf(required)
      .replace("auth.cert_required", "auth.unheard")
      .replace('"connection": "plain"', '"connection": "plane"')
    const file = folder.write("unheard.json", text)
    const { err } = await ran(["--vectors", file])
    const [connection = "", reason = "", ...more] = err.trimEnd().split("\n")
    expect(connection).toContain('vectors.0.request.connection: Expected "plain"')
    expect(connection).toContain(', got "plane"')
    expect(reason).toContain("vectors.0.expect.deny.reason: Expected ")
    expect(reason).toContain(', got "auth.unheard"')
    expect(more).toEqual([])
  })

  const ofSuite = (name: string): string => new URL(`../vectors/${name}`, import.meta.url).pathname

  it.each([
    [[], "exchanges/token-binding.json", "these are exchange vectors", "give --driver"],
    [["--driver", "node"], "decisions/admit.json", "these are decision vectors", "a gateway"],
  ])("of the other kind are refused in one sentence: %j", async (args, name, what, instead) => {
    const { code, err } = await ran([...args, "--vectors", ofSuite(name)])
    expect(code).toBe(2)
    expect(err).toMatch(/^[^\n]+\n$/)
    expect(err).toContain(`${name}:1: ${what}`)
    expect(err).toContain(instead)
  })

  it.each([
    ["an unknown reason", fileOf(required).replace("auth.cert_required", "auth.unheard"), /reason/],
    ["a missing comma", '{\n  "about": "a"\n  "vectors": []\n}', /:3: /],
    ["nothing", "", /:1: /],
  ])("with %s are refused with their line", async (_, text, message) => {
    const { code, out, err } = await ran(["--vectors", folder.write("bad.json", text)])
    expect([code, out]).toEqual([2, ""])
    expect(err).toMatch(message)
  })

  it("with one id twice are refused, whatever the file", async () => {
    const files = ["first.json", "second.json"].map((name) => folder.write(name, fileOf(allowed)))
    const { code, err } = await ran(["--vectors", ...files])
    expect(code).toBe(2)
    expect(err).toMatch(/second\.json:\d+: the id `one` is taken/)
  })
})

describe("a driver", () => {
  it.each([
    ["no-driver", "export default {}", "exports no driver"],
    ["no-default", "export const name = 1", "exports no driver"],
    ["broken", "throw new Error('boom')", "Error: boom"],
    ["late", "export default async () => { throw new Error('later') }", "Error: later"],
  ])("that cannot be used is refused: %s", async (name, source, message) => {
    const file = folder.write(`${name}.mjs`, source)
    const { code, err } = await ran(["--driver", file, "--filter", "bound"])
    expect(code).toBe(2)
    expect(err).toMatch(/^countersign-spec: the driver [^\n]+\n$/)
    expect(err).toContain(message)
  })

  it.each([
    ["hangs", "load: () => new Promise(() => {}), request: () => {}", "timed out"],
    ["throws", "load() {}, request() { throw new Error('no') }", "error: the driver threw: no"],
    ["nonsense", "load() {}, request: () => 5", "error: the driver's answer has no status"],
    [
      "never-closes",
      "load() { throw null }, request() {}, close: () => new Promise(() => {})",
      "something that is no error",
    ],
  ])("that misbehaves is reported: %s", async (name, source, message) => {
    const file = folder.write(`driver-${name}.mjs`, `export default { name: "${name}", ${source} }`)
    const args = ["--driver", file, "--filter", firstExchange, "--timeout", "50"]
    const { code, out } = await ran(args)
    expect(code).toBe(1)
    expect(out.replaceAll(/\s+/g, " ")).toContain(message)
  })

  it("that cannot do something is not blamed for it", async () => {
    const cannot = `({ cannot: "be loaded" })`
    const source = `export default () => ({ name: "none", load: () => ${cannot}, request() {} })`
    const file = folder.write("cannot.mjs", source)
    const { code, out } = await ran(["--driver", file, "--filter", firstExchange])
    expect(code).toBe(0)
    expect(out).toContain("be loaded: ")
    expect(out).toContain("none: 1 skipped: all as expected")
  })
})

const firstExchange = idOfFirstExchange()

function idOfFirstExchange(): string {
  const file = new URL("../vectors/exchanges/token-binding.json", import.meta.url)
  const { vectors }: { readonly vectors: readonly { readonly id: string }[] } = JSON.parse(
    readFileSync(file, "utf8"),
  )
  return vectors[0]?.id ?? ""
}
