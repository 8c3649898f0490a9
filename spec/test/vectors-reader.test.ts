import { decide, policy } from "@countersign/engine"
import * as Schema from "effect/Schema"
import fc from "fast-check"
import { expect, test } from "vitest"
import { checkDecision } from "../src/vectors/check-decision.ts"
import { Vector } from "../src/vectors/decision-schema.ts"
import { readDecisionFile, readDecisions } from "../src/vectors/read-decisions.ts"
import { writeCase } from "../src/vectors/write-case.ts"

const flags = {
  allowDynamicMtlsTokenAuth: false,
  certificateTokenBinding: true,
  boundCertificateSatisfiesAllowList: false,
}

const example = {
  about: "one of each",
  policies: {
    token: {
      apiId: "orders",
      orgId: "acme",
      staticMtls: "off",
      identity: { _tag: "authToken", certificate: false },
      flags,
      revocation: "off",
      stripAuthorizationData: false,
    },
  },
  sessions: {
    alice: {
      id: "alice",
      orgId: "acme",
      active: true,
      expiresAt: "never",
      apis: "all",
      certificate: "none",
      bindings: ["alice"],
      secret: true,
    },
  },
  peers: {
    alice: {
      leaf: "alice",
      validity: ["2026-01-01T00:00:00Z", "2026-12-31T23:59:59Z"],
      revoked: false,
      paths: [],
    },
  },
  requests: {
    alice: {
      now: "2026-06-15T12:00:00Z",
      hostAgrees: true,
      connection: { peer: "alice" },
      credentials: { authToken: { session: "alice", confirmation: "none" }, jwt: "none" },
      holder: { leaf: "alice", orgId: "acme", enrolled: true, session: "none" },
    },
  },
  vectors: [
    {
      id: "example.bound",
      sentence: "a bound token works with its certificate",
      sources: ["design:Bind"],
      policy: "token",
      request: "alice",
      expect: {
        allow: {
          session: "alice",
          sessionBy: "token",
          leaf: "alice",
          leafBy: "binding",
          obligations: [],
        },
      },
    },
    {
      id: "example.other",
      sentence: "a bound token does not work with another certificate",
      sources: ["design:Bind"],
      policy: { like: "token", apiId: "invoices" },
      request: { like: "alice", connection: { peer: { like: "alice", leaf: "bob" } } },
      expect: {
        deny: { reason: "auth.cert_mismatch", status: { default: 403, "tyk-5.12": 401 } },
      },
    },
  ],
}

const text = JSON.stringify(example, null, 2)
const engine = { name: "engine", policy, decide }

test("a file is read into complete vectors, on which the engine agrees", () => {
  const read = readDecisionFile("example.json", text)
  if (read._tag !== "vectors") throw new Error(JSON.stringify(read.problems))
  expect(read.vectors).toHaveLength(2)
  expect(read.vectors[1]?.policy).toEqual({ ...example.policies.token, apiId: "invoices" })
  for (const vector of read.vectors) expect(checkDecision(engine, vector)).toBeUndefined()
})

test("a vector that is written out in full is read as the same vector", () => {
  const read = readDecisionFile("example.json", text)
  if (read._tag !== "vectors") throw new Error(JSON.stringify(read.problems))
  for (const vector of read.vectors) {
    const again = readDecisionFile("again.json", writeCase(vector))
    expect(again).toEqual({ _tag: "vectors", vectors: [vector] })
  }
})

/** What is replaced in the example, and what is then said of the line where it stands. */
const broken: readonly (readonly [string, string, string])[] = [
  ['"secret": true', '"secret": "true"', "sessions.alice.secret: Expected boolean"],
  [
    '"secret": true',
    '"secret": true, "admin": true',
    "sessions.alice.admin: Expected no excess property",
  ],
  ['"secret": true', '"secret": true, "secret": true', "the member `secret` is named twice"],
  ['"secret": true', '"secret": true,', "expected the name of a member"],
  ['"secret": true', '"secret": tru', "expected a value"],
  ['"policy": "token"', '"policy": "tokens"', "no policy of this file is named `tokens`"],
  ['"policy": "token"', '"policy": "toString"', "no policy of this file is named `toString`"],
  ['"request": "alice"', '"request": { "like": "bob" }', "no request of this file is named `bob`"],
  ['"peer": "alice"', '"peer": "bob"', "no peer of this file is named `bob`"],
  ['"session": "alice",\n', '"session": "bob",\n', "no session of this file is named `bob`"],
  [
    '"leaf": "bob"',
    '"leaf": "bob", "key": "bob"',
    "connection.peer.key: Expected no excess property",
  ],
  ['"id": "example.other"', '"id": "example.bound"', "the id `example.bound` is taken: f.json:70"],
  ['"id": "example.other"', '"id": "Example"', "vectors.1.id: "],
  ['"auth.cert_mismatch"', '"auth.cert_mismatched"', "expect.deny.reason: "],
  ['"tyk-5.12": 401', '"tyk-5.12": 403', "gives `auth.cert_mismatch` the status 401"],
  ['"2026-06-15T12:00:00Z"', '"2026-06-15"', "requests.alice.now: "],
  ['"2026-06-15T12:00:00Z"', '"2026-02-30T12:00:00Z"', "requests.alice.now: "],
  ['"leafBy": "binding"', '"leafBy": "none"', "a leaf without a rule, or a rule without a leaf"],
  ['"sessionBy": "token"', '"sessionBy": "none"', "a session without a way, or a way without"],
  ['"like": "token"', '"like": 1', "vectors.1.policy.like: `like` is the name of a part"],
]

test.each(broken)("%s turned into %s is refused with its line", (from, to, message) => {
  expect(text.split(from).length, "stands in the example").toBeGreaterThan(1)
  const read = readDecisionFile("f.json", text.replace(from, to))
  if (read._tag !== "problems") throw new Error("read without a problem")
  const line = text.slice(0, text.indexOf(from)).split("\n").length
  expect(read.problems).toContainEqual({
    file: "f.json",
    line: expect.toSatisfy((at: number) => at === line || (to.endsWith(",") && at === line + 1)),
    message: expect.stringContaining(message),
  })
})

test("a missing member is a problem of the part that lacks it, once", () => {
  const read = readDecisionFile("f.json", text.replace('"revoked": false,', ""))
  expect(read).toEqual({
    _tag: "problems",
    problems: [{ file: "f.json", line: 36, message: "peers.alice.revoked: Missing key" }],
  })
})

test("all problems are told at once", () => {
  const twoFaults = text.replace('"leaf": "bob"', '"leaf": 1').replace('"design:Bind"', '"design"')
  const read = readDecisionFile("f.json", twoFaults)
  expect(read._tag === "problems" && read.problems.length).toBe(2)
})

test("a file that is not there, an empty one and a list are problems", () => {
  expect(readDecisions(["/nowhere/f.json"])).toEqual({
    _tag: "problems",
    problems: [{ file: "/nowhere/f.json", line: 1, message: "the file cannot be read (ENOENT)" }],
  })
  expect(readDecisionFile("f.json", "")._tag).toBe("problems")
  expect(readDecisionFile("f.json", "[]")._tag).toBe("problems")
  expect(readDecisionFile("f.json", "[".repeat(100_000))._tag).toBe("problems")
  expect(readDecisionFile("f.json", " ".repeat(4_000_001))._tag).toBe("problems")
})

test("no mutation of a file crashes the reader or yields a vector that is not complete", () => {
  const isVector = Schema.is(Vector)
  const piece = fc.constantFrom(
    ...'{}[]:,"\\ \n',
    "null",
    "none",
    "like",
    "1e999",
    '"__proto__": {},',
    "\\u0000",
    "NaN",
  )
  const edit = fc.record({
    at: fc.nat({ max: text.length }),
    remove: fc.nat({ max: 40 }),
    insert: fc.oneof(piece, fc.string({ maxLength: 3 })),
  })
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
      let mutated = text
      for (const { at, remove, insert } of edits) {
        mutated = mutated.slice(0, at) + insert + mutated.slice(at + remove)
      }
      const read = readDecisionFile("f.json", mutated)
      if (read._tag === "vectors") expect(read.vectors.every((one) => isVector(one))).toBe(true)
      else expect(read.problems.length).toBeGreaterThan(0)
    }),
    { numRuns: 600 },
  )
})

test("no member that is deleted, emptied or of another type leaves a vector with a hole", () => {
  const isVector = Schema.is(Vector)
  const places = [...paths(example)]
  const values = [undefined, null, "", "none", 0, true, [], {}, { like: "alice" }]
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.constantFrom(...values), (path, value) => {
      const read = readDecisionFile("f.json", JSON.stringify(replaced(example, path, value)))
      if (read._tag === "vectors") expect(read.vectors.every((one) => isVector(one))).toBe(true)
      else expect(read.problems.every(({ line }) => line >= 1)).toBe(true)
    }),
    { numRuns: 600 },
  )
})

function* paths(value: unknown, at: readonly string[] = []): Generator<readonly string[]> {
  if (typeof value !== "object" || value === null) return
  for (const [name, member] of Object.entries(value)) {
    yield [...at, name]
    yield* paths(member, [...at, name])
  }
}

function replaced(value: unknown, [first, ...rest]: readonly string[], by: unknown): unknown {
  if (first === undefined) return by
  if (Array.isArray(value)) {
    return value.map((item: unknown, i) => (String(i) === first ? replaced(item, rest, by) : item))
  }
  if (typeof value !== "object" || value === null) return value
  return { ...value, [first]: replaced(Reflect.get(value, first), rest, by) }
}
