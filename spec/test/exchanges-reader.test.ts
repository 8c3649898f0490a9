import { readFileSync } from "node:fs"
import fc from "fast-check"
import { describe, expect, it, test } from "vitest"
import { exchangesOfSuite } from "../src/exchanges/files.ts"
import { exchangesSchema } from "../src/vectors/exchange-schema.ts"
import { readExchangeFile, readExchanges } from "../src/vectors/read-exchanges.ts"

const small = {
  $schema: "../exchanges.schema.json",
  about: "one API, one certificate",
  world: {
    organisations: { acme: "5f3a1c9e7b2d4860a1b2c3d4" },
    certificates: { ca: { authority: true }, alice: { issuer: "ca", stored: "acme" } },
    revocationLists: {
      ca: {
        revoked: [{ certificate: "alice", reason: "certificateHold" }],
        validity: { fromDays: 0, toDays: 1 },
      },
    },
    gateway: {
      allowDynamicMtlsTokenAuth: false,
      certificateTokenBinding: true,
      boundCertificateSatisfiesAllowList: false,
      revocation: "off",
      allowList: [],
      hashKeyFunction: "",
      hashKeyFunctionFallback: [],
      minTokenLength: 0,
      stores: "up",
    },
    apis: { orders: { organisation: "acme", identity: "token", allowList: ["alice"] } },
    sessions: { free: { organisation: "acme", bindings: ["alice"], apis: ["orders"] } },
    tokens: { invented: { text: "{sha256:alice}" } },
  },
  vectors: [
    {
      id: "exchange.mine",
      sentence: "A listed certificate and a token are let in.",
      sources: ["design:A4"],
      present: { transport: "tls", chain: ["alice"], token: "free", api: "orders" },
      expect: { allow: { session: "free", leaf: "alice" } },
    },
  ],
}
const text = JSON.stringify(small, null, 1)

/** The small file with a text in place of another; its line is that of the replacement. */
function changed(from: string, to: string): { text: string; line: number } {
  const at = text.indexOf(from)
  if (at < 0) throw new Error(`the file has no ${from}`)
  const line = text.slice(0, at).split("\n").length
  return { text: text.slice(0, at) + to + text.slice(at + from.length), line }
}

function problemsOf(given: string): readonly { readonly line: number; readonly message: string }[] {
  const read = readExchangeFile("mine.json", given)
  if (read._tag === "vectors") return []
  for (const { file } of read.problems) expect(file).toBe("mine.json")
  return read.problems
}

describe("the reader of exchanges", () => {
  it("reads a file, and gives each vector its world", () => {
    const read = readExchangeFile("mine.json", text)
    expect(read).toMatchObject({ _tag: "vectors", vectors: [{ id: "exchange.mine" }] })
    if (read._tag === "vectors") expect(read.vectors[0]?.world.apis).toEqual(small.world.apis)
  })

  it.each([
    ["an unknown certificate", '"chain": [\n     "alice"', '"chain": [\n     "bob"', "bob", 1],
    ["an unknown session", '"token": "free"', '"token": "nobody"', "nobody", 0],
    ["an unknown API", '"api": "orders"', '"api": "order"', "order", 0],
    ["an unknown issuer", '"issuer": "ca"', '"issuer": "nobody"', "nobody", 0],
    ["an issuer that is none", '"authority": true', '"authority": false', "no authority", 3],
    ["an unknown subject", '"issuer": "ca"', '"issuer": "ca", "subject": "bob"', "bob", 0],
    ["an unknown certificate revoked", '"certificate": "alice"', '"certificate": "bob"', "bob", 0],
    ["an unknown reason to revoke", "certificateHold", "badMood", "certificateHold", 0],
    ["an unknown organisation", '"stored": "acme"', '"stored": "acmee"', "acmee", 0],
    ["an unknown certificate in a text", "{sha256:alice}", "{sha256:bob}", "bob", 0],
    ["an unknown place in a text", "{sha256:alice}", "{md5:alice}", "md5", 0],
    ["an unknown class", "design:A4", "advisory:being-unlucky", "being-unlucky", 0],
    ["an unknown member", '"transport": "tls"', '"transports": "tls"', "transport", 0],
    ["another type", '"minTokenLength": 0', '"minTokenLength": "0"', "minTokenLength", 0],
    ["a member named twice", '"token": "free"', '"token": "free", "token": "free"', "twice", 0],
    [
      "no sentence",
      '"sentence": "A listed certificate and a token are let in."',
      '"sentence": ""',
      "",
      0,
    ],
    ["broken JSON", '"expect": {', '"expect": [', "", 1],
  ])("refuses %s, with the line", (_what, from, to, said, below) => {
    const { text: given, line } = changed(from, to)
    const problems = problemsOf(given)
    expect(problems.map(({ message }) => message).join()).toContain(said)
    expect(problems.map((problem) => problem.line)).toContain(line + below)
  })

  it("refuses a reason that is not in the catalogue", () => {
    const deny =
      '"deny": { "reason": "auth.bad_day", "status": { "default": 403, "tyk-5.12": 403 } }'
    const { text: given, line } = changed(
      '"allow": {\n     "session": "free",\n     "leaf": "alice"\n    }',
      deny,
    )
    const problems = problemsOf(given)
    expect(problems.length).toBeGreaterThan(0)
    for (const problem of problems) expect(problem.line).toBeGreaterThanOrEqual(line - 1)
  })

  it("refuses a certificate that signs itself by way of others", () => {
    const { text: given } = changed('"authority": true', '"authority": true, "issuer": "ca"')
    expect(
      problemsOf(given)
        .map(({ message }) => message)
        .join(),
    ).toContain("no end")
  })

  it("refuses certificates and resumption without TLS", () => {
    const { text: given, line } = changed('"transport": "tls"', '"transport": "plain"')
    expect(problemsOf(given)).toMatchObject([{ line }])
  })

  it("refuses two vectors of one id, and two that ask the same", () => {
    const [vector] = small.vectors
    const alike = { ...small, vectors: [vector, { ...vector, id: "exchange.other" }] }
    expect(problemsOf(JSON.stringify(alike))[0]?.message).toContain("the same as `exchange.mine`")
    const present = { ...vector?.present, path: "/orders/x" }
    const twice = { ...small, vectors: [vector, { ...vector, present }] }
    expect(problemsOf(JSON.stringify(twice))[0]?.message).toContain("mine.json:1")
  })

  it("says of a file that it cannot be read", () => {
    const read = readExchanges(["/nowhere/mine.json"])
    expect(read).toMatchObject({ problems: [{ file: "/nowhere/mine.json", line: 1 }] })
  })

  it("survives whatever stands in a file, and names lines that it has", () => {
    const anything = fc.oneof(
      fc.json(),
      fc.tuple(fc.nat(text.length), fc.nat(40), fc.string()).map(([at, length, given]) => {
        return text.slice(0, at) + given + text.slice(at + length)
      }),
      fc
        .tuple(fc.nat(), fc.jsonValue())
        .map(([n, value]) => JSON.stringify(replaced(small, n, value), null, 1)),
    )
    fc.assert(
      fc.property(anything, (given) => {
        const lines = given.split("\n").length
        for (const { line, message } of problemsOf(given)) {
          expect(message).not.toBe("")
          expect(line).toBeGreaterThanOrEqual(1)
          expect(line).toBeLessThanOrEqual(lines)
        }
      }),
      { numRuns: 400 },
    )
  })
})

/** A document with its nth value, counted over the whole, in place of another. */
function replaced(document: unknown, n: number, value: unknown): unknown {
  let left = n % count(document)
  const walk = (part: unknown): unknown => {
    if (left-- === 0) return value
    if (Array.isArray(part)) return part.map(walk)
    if (typeof part !== "object" || part === null) return part
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, walk(inner)]))
  }
  return walk(document)
}

function count(part: unknown): number {
  if (typeof part !== "object" || part === null) return 1
  return Object.values(part).reduce((sum: number, inner) => sum + count(inner), 1)
}

test("the committed schema is that of the reader", () => {
  const file = new URL("../vectors/exchanges.schema.json", import.meta.url)
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(exchangesSchema())
})

test("no committed file holds a key or a certificate, but recipes alone", () => {
  for (const { world } of exchangesOfSuite()) expect(JSON.stringify(world)).not.toContain("BEGIN")
})

test("every scenario of the demonstration is an exchange with the same expectation", () => {
  const { groups } = JSON.parse(readFileSync(new URL("../scenarios.json", import.meta.url), "utf8"))
  const vectors = exchangesOfSuite((path) => path.endsWith("/seeds.json"))
  const scenarios: Scenario[] = groups.flatMap(
    (group: { scenarios: Scenario[] }) => group.scenarios,
  )
  const asked = new Map(vectors.map((vector) => [questionOf(vector), vector]))
  for (const { id, flags, present, expect: expected } of scenarios) {
    const token = present.token ?? "none"
    const gateway = Object.assign({}, ...flags.map((flag) => settings[flag]))
    const vector = asked.get(questionOf({ gateway, present: { ...present, token } }))
    const { reason, session } = expected
    expect([id, vector?.expect]).toMatchObject([
      id,
      reason === undefined ? { allow: { session: session ?? "none" } } : { deny: { reason } },
    ])
    if (vector && "deny" in vector.expect) {
      expect([id, vector.expect.deny.status.default]).toEqual([id, expected.status])
    }
  }
  expect(scenarios.length).toBeGreaterThan(90)
})

interface Scenario {
  readonly id: string
  readonly flags: readonly (keyof typeof settings)[]
  readonly present: { readonly token: string | null }
  readonly expect: {
    readonly status: number
    readonly reason?: string
    readonly session?: string | null
  }
}

const settings = {
  allow_dynamic_mtls_token_auth: { allowDynamicMtlsTokenAuth: true },
  bound_certificate_satisfies_allow_list: { boundCertificateSatisfiesAllowList: true },
  disable_certificate_token_binding: { certificateTokenBinding: false },
  revocation_hard: { revocation: "hard" },
} as const

function questionOf({ gateway = {}, present }: { gateway?: object; present: object }): string {
  return JSON.stringify([gateway, Object.entries(present).sort(([a], [b]) => (a < b ? -1 : 1))])
}
