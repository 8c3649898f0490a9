import { createAuthority, keyUsage } from "@countersign/pki"
import { describe, expect, it } from "vitest"
import { type LimboCase, readCases } from "../src/limbo/case.ts"
import { compareExceptions, type Exception } from "../src/limbo/exceptions.ts"
import { judge } from "../src/limbo/judge.ts"
import { disagreementsOf, formatReport, summarise } from "../src/limbo/report.ts"
import { type Outcome, runCases } from "../src/limbo/run.ts"

const options = { profile: "default", signatures: "node", now: Date.UTC(2025) } as const

async function caseOf(change: Partial<LimboCase> = {}): Promise<LimboCase> {
  const root = await createAuthority({ name: "root" })
  const intermediate = await root.issueAuthority({ name: "intermediate" })
  const leaf = await intermediate.issue({ name: "leaf" })
  return {
    id: "test::plain",
    validation_kind: "CLIENT",
    trusted_certs: [root.pem],
    untrusted_intermediates: [intermediate.pem],
    peer_certificate: leaf.pem,
    validation_time: null,
    max_chain_depth: null,
    crls: [],
    expected_result: "SUCCESS",
    ...change,
  }
}

describe("a case of the suite", () => {
  it("is judged alike by both signature layers", async () => {
    const plain = await caseOf()
    for (const signatures of ["node", "webcrypto"] as const) {
      expect(await judge(plain, { ...options, signatures })).toEqual({ accepted: true, reason: "" })
    }
  })

  it("is judged at its own time and depth, and with its own anchors", async () => {
    const at = (change: Partial<LimboCase>) => caseOf(change).then((one) => judge(one, options))
    expect(await at({ validation_time: "2060-01-01T00:00:00+00:00" })).toEqual({
      accepted: false,
      reason: "CN=leaf: expired",
    })
    expect(await at({ max_chain_depth: 0 })).toMatchObject({ accepted: false })
    expect(await at({ trusted_certs: [] })).toMatchObject({ accepted: false })
    expect(await at({ trusted_certs: ["no certificate"] })).toMatchObject({ accepted: false })
    expect(await at({ peer_certificate: "" })).toMatchObject({ accepted: false })
  })

  it("that brings lists needs every certificate to be good", async () => {
    const root = await createAuthority({ name: "root" })
    const leaf = await root.issue({ name: "leaf" })
    const times = { thisUpdate: Date.UTC(2024), nextUpdate: Date.UTC(2026) }
    const own = {
      trusted_certs: [root.pem],
      untrusted_intermediates: [],
      peer_certificate: leaf.pem,
    }
    const fresh = await root.crl(times)
    const revoking = await root.crl({ ...times, revoked: [{ certificate: leaf }] })
    const stale = await root.crl({ ...times, nextUpdate: Date.UTC(2024, 5) })
    const verdicts = await Promise.all(
      [fresh, revoking, stale].map(async ({ pem }) =>
        judge(await caseOf({ ...own, crls: [pem] }), options),
      ),
    )
    expect(verdicts.map(({ accepted }) => accepted)).toEqual([true, false, false])
  })

  it("of profile strict is held to the rules of issuance", async () => {
    const root = await createAuthority({
      name: "root",
      extensions: [keyUsage(["keyCertSign"])],
      omit: ["subjectKeyIdentifier"],
    })
    const leaf = await root.issue({ name: "leaf" })
    const bare = await caseOf({ trusted_certs: [root.pem], peer_certificate: leaf.pem })
    expect(await judge(bare, options)).toMatchObject({ accepted: true })
    expect(await judge(bare, { ...options, profile: "strict" })).toMatchObject({ accepted: false })
  })
})

describe("a file of cases", () => {
  it("yields its client cases", async () => {
    const client = await caseOf()
    const server = { ...client, validation_kind: "SERVER" }
    expect(readCases({ version: 1, testcases: [server, client] })).toEqual([client])
  })

  it.each([
    [{}, "file has no list named testcases"],
    [{ testcases: [1] }, "testcases[0] is not an object"],
    [{ testcases: [{ expected_result: "MAYBE" }] }, "testcases[0].expected_result is neither"],
    [{ testcases: [{ expected_result: "SUCCESS" }] }, "testcases[0].id is not a text"],
  ])("that is none is refused with the place: %o", (file, message) => {
    expect(() => readCases(file)).toThrow(message)
  })
})

describe("a run", () => {
  it("ends a case that does not end, and goes on with a new thread", async () => {
    const cases = await Promise.all(["a::one", "a::never", "a::two"].map((id) => caseOf({ id })))
    let threads = 0
    const start = () => {
      threads += 1
      return {
        judge: ({ id }: LimboCase) =>
          id === "a::never"
            ? new Promise<never>(() => undefined)
            : Promise.resolve({ accepted: true, reason: "" }),
        end: () => Promise.resolve(),
      }
    }
    const outcomes: Outcome[] = []
    for await (const outcome of runCases(cases, options, start, 20)) outcomes.push(outcome)
    expect(summarise(outcomes)).toEqual({
      agree: 2,
      wrongAccepts: [],
      wrongRejects: [],
      overTime: ["a::never"],
    })
    expect(threads).toBe(2)
  })

  it("is reported by category, with every disagreement", () => {
    const outcome = (id: string, expected: boolean, accepted: boolean, reason = ""): Outcome => ({
      id,
      expected,
      verdict: { accepted, reason },
      milliseconds: 1,
    })
    const outcomes = [
      outcome("a::x", true, true),
      outcome("a::y", false, true),
      outcome("b::c::z", true, false, "because"),
    ]
    const report = formatReport(outcomes)
    expect(report).toMatch(/^a +2 +1 +1 +0 +0$/m)
    expect(report).toMatch(/^b::c +1 +0 +0 +1 +0$/m)
    expect(report).toContain("wrong accept: a::y")
    expect(report).toContain("wrong reject: b::c::z: because")
    expect(disagreementsOf(outcomes)).toEqual([
      { id: "a::y", verdict: "accepted" },
      { id: "b::c::z", verdict: "refused" },
    ])
  })

  it("tolerates what is listed for its profile, and nothing that has healed", () => {
    const listed: Exception = {
      id: "a::y",
      profiles: ["default"],
      verdict: "accepted",
      reason: "test",
    }
    const wrong = [{ id: "a::y", verdict: "accepted" }] as const
    const ran = new Set(["a::y"])
    const none = { unlisted: [], healed: [] }
    expect(compareExceptions(ran, wrong, [listed], "default")).toEqual(none)
    expect(compareExceptions(ran, wrong, [listed], "strict")).toEqual({
      unlisted: wrong,
      healed: [],
    })
    expect(compareExceptions(ran, [], [listed], "default")).toEqual({
      unlisted: [],
      healed: [listed],
    })
    expect(compareExceptions(new Set(), [], [listed], "default")).toEqual(none)
    const refused = [{ id: "a::y", verdict: "refused" }] as const
    expect(compareExceptions(ran, refused, [listed], "default")).toEqual({
      unlisted: refused,
      healed: [listed],
    })
  })
})
