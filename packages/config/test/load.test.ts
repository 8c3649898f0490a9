import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { checkConfiguration, loadConfiguration } from "../src/index.ts"
import { definition, folder, now, problemsOf } from "./folder.ts"

const example = fileURLToPath(new URL("../../../examples/gateway", import.meta.url))

it("loads the example folder without a problem", () => {
  const loaded = loadConfiguration(example, { now })
  expect(loaded.problems).toEqual([])
  if (loaded._tag === "Invalid") throw new Error("the example is valid")
  expect([...loaded.apis.keys()].sort()).toEqual(["customers", "orders", "partners"])
  expect(loaded.sessions.size).toBe(4)
  expect(loaded.certificates.size).toBe(2)
})

it("finds nothing to warn of in the example folder", () => {
  expect(checkConfiguration(example, { now })).toEqual({
    version: 1,
    servable: true,
    errors: 0,
    warnings: 0,
    problems: [],
    ignored: [],
    apis: 3,
    sessions: 4,
    certificates: 2,
  })
})

const whole = { "apis/a.json": definition(), "gateway.json": {}, "sessions/a-session.json": {} }

describe("a file that cannot be read", () => {
  it("is named, whatever kind of document it is to be", () => {
    const deep = `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`
    const cases = [
      ["", "document.syntax", "line 1, column 1"],
      [deep, "document.too_deep", "line 1, column 1001"],
      ['{"a": 1, "a": 2}', "document.duplicate_key", "line 1, column 10"],
      ['{\n"__proto__": {}}', "document.reserved_key", "line 2, column 1"],
      [Uint8Array.of(0x7b, 0xff, 0x7d), "file.not_utf8", "$"],
      [new Uint8Array(32 * 1024 * 1024 + 1).fill(0x20), "file.too_large", "$"],
    ] as const
    for (const [text, code, place] of cases) {
      for (const file of Object.keys(whole)) {
        const shown = file.startsWith("sessions") ? "sessions (file 1)" : file
        expect(problemsOf({ ...whole, [file]: text })).toContain(`${code} ${shown} ${place}`)
      }
    }
  })

  it("is refused above 4 MiB where it is YAML", () => {
    const yaml = `# ${"x".repeat(4 * 1024 * 1024)}\n`
    expect(problemsOf({ ...whole, "b.yaml": yaml })).toEqual(["file.too_large b.yaml $"])
  })

  it("may be the configuration itself", () => {
    const root = folder({})
    expect(loadConfiguration(join(root, "nowhere"), { now }).problems).toMatchObject([
      { code: "file.missing", file: "nowhere" },
    ])
    expect(loadConfiguration(root, { now }).problems).toMatchObject([
      { code: "file.nothing_to_serve" },
    ])
  })
})

it("is refused with a YAML merge key, in every kind of document", () => {
  const merged = "x: &x {use_mutual_tls_auth: true}\n<<: *x\napi_id: a\n"
  for (const file of ["apis/a.yaml", "manifests.yml", "gateway.yaml"]) {
    expect(problemsOf({ "apis/b.json": definition(), [file]: merged })).toContain(
      `document.reserved_key ${file} line 2, column 1`,
    )
  }
  for (const file of ["apis/a.json", "gateway.json", "a.json"]) {
    expect(problemsOf({ "apis/b.json": definition(), [file]: { "<<": {} } })).toContain(
      `document.reserved_key ${file} line 1, column 2`,
    )
  }
})

describe("a single file", () => {
  const load = (name: string, contents: unknown) =>
    loadConfiguration(join(folder({ [name]: contents }), name), { now, orgId: "org" })

  it("is recognised by what stands in it", () => {
    expect(load("a.json", definition())).toMatchObject({ _tag: "Configuration", problems: [] })
    expect(load("a", [definition()])).toMatchObject({ _tag: "Configuration", problems: [] })
    expect(load("tyk.conf", { listen_port: 8080 })).toMatchObject({
      _tag: "Configuration",
      problems: [{ code: "settings.alone" }],
    })
    expect(load("a.json", { hello: 1 }).problems).toMatchObject([{ code: "file.unknown_kind" }])
    expect(load("a.yaml", "hello").problems).toMatchObject([{ code: "file.unknown_kind" }])
  })
})

describe("a folder", () => {
  it("may hold documents beside the folders, and one set of settings", () => {
    expect(problemsOf({ "a.json": definition(), "package.json": { name: "a" } })).toEqual([
      "file.not_read package.json $",
    ])
    expect(
      problemsOf({ "a.json": definition(), "gateway.json": {}, "tyk.conf": { listen_port: 1 } }),
    ).toEqual(["settings.several tyk.conf $"])
  })

  it("tells what stands beside its folders and is not one of them", () => {
    const read = {
      "apis/a.json": definition({
        use_mutual_tls_auth: true,
        client_certificates: ["./own/a.pem"],
      }),
      "own/a.pem": "",
      "README.md": "",
      "make-clients.sh": "",
      ".hidden": "",
      "clients/alice.key": "",
      "scripts/run": "",
    }
    const lost = { "gatway.json": {}, "session/a.json": {}, "api/a.json": "", "gateway.toml": "" }
    const unread = problemsOf({ ...read, ...lost }).filter((one) => one.startsWith("file"))
    expect([...unread].sort()).toEqual([
      "file.not_read api $",
      "file.not_read gateway.toml $",
      "file.not_read gatway.json $",
      "file.not_read session $",
    ])
  })

  it("tells which files of its folders are not read", () => {
    expect(
      problemsOf({
        ...whole,
        "apis/b.json.bak": "",
        "apis/.hidden": "",
        "certs/key.der": "",
        "sessions/x.yaml": "",
      }),
    ).toEqual([
      "file.not_read apis/b.json.bak $",
      "file.not_read sessions (file 2) $",
      "file.not_read certs/key.der $",
    ])
  })
})
