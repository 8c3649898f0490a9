import { responses } from "@countersign/engine"
import { type Authority, createAuthority, type Issued, selfSigned } from "@countersign/pki"
import { prepareRevocationLists, readRevocationList } from "@countersign/x509/revocation"
import { beforeAll, describe, expect, it } from "vitest"
import { EvidenceCache } from "../src/evidence/evidence.ts"
import { Connection, createPolicySet, createTrust, type Trust } from "../src/index.ts"
import { api, guardOf, head, now, policySet, tls } from "./fixture.ts"

let root: Authority
let intermediate: Authority
let direct: Issued
let leaf: Issued
let stranger: Issued

beforeAll(async () => {
  root = await createAuthority({ name: "Root" })
  intermediate = await root.issueAuthority({ name: "Intermediate" })
  direct = await root.issue({ name: "direct" })
  leaf = await intermediate.issue({ name: "leaf" })
  stranger = await selfSigned({ name: "stranger", ca: false })
})

const trust = (rest: Partial<Trust> = {}): Trust => ({
  ...createTrust({ anchors: [root.der] }),
  ...rest,
})

function guard(given: Trust, revocation: "off" | "soft" | "hard" = "off") {
  const input = api("a", {
    identity: { _tag: "keyless" },
    staticMtls: { leaves: [root.sha256], anchors: [root.sha256] },
    revocation,
  })
  const set = policySet([input])
  const apis = new Map([...set.apis].map(([id, one]) => [id, { ...one, trust: given }]))
  return guardOf({ apis: [] }, { policies: { ...set, apis, responses: responses() } })
}

const ask = (given: Trust, connection: Connection, revocation?: "soft" | "hard", at = now) =>
  guard(given, revocation).check({ now: at, connection, head: head("/a") })

describe("an authority in the allow list", () => {
  it("admits what it signed, through presented intermediates", () => {
    expect(ask(trust(), tls([direct]))).toMatchObject({
      _tag: "Allow",
      identity: { leaf: direct.sha256, leafBy: "trust_path" },
    })
    expect(ask(trust(), tls([leaf, intermediate]))).toMatchObject({ _tag: "Allow" })
    expect(ask(trust(), tls([leaf, stranger, root, intermediate]))).toMatchObject({ _tag: "Allow" })
  })

  it("admits through configured intermediates", () => {
    const given = createTrust({ anchors: [root.der], intermediates: [intermediate.der] })
    expect(ask(given, tls([leaf]))).toMatchObject({ _tag: "Allow" })
  })

  it("refuses a leaf whose intermediate is missing, and a stranger with the authority behind it", () => {
    for (const chain of [[leaf], [stranger], [stranger, root], [stranger, direct, root]]) {
      expect(ask(trust(), tls(chain))).toMatchObject({ reason: "mtls.cert_not_allowed" })
    }
  })

  it("explains why there is no path", () => {
    const explained = guard(trust()).explain({ now, connection: tls([leaf]), head: head("/a") })
    expect(JSON.stringify(explained)).toContain("neither an anchor nor presented")
  })

  it("admits nothing without anchors", () => {
    expect(ask(createTrust({ anchors: [] }), tls([direct]))).toMatchObject({
      reason: "mtls.cert_not_allowed",
    })
  })
})

describe("revocation lists", () => {
  const day = 86_400_000

  const withList = async (...revoked: Issued[]): Promise<Trust> => {
    const crl = await root.crl({
      number: 1,
      thisUpdate: now - day,
      nextUpdate: now + day,
      revoked: revoked.map((certificate) => ({ certificate })),
    })
    const list = readRevocationList(crl.der)
    if (list._tag !== "RevocationList") throw new Error(list.problem)
    return trust({ lists: prepareRevocationLists([list]) })
  }

  it("refuse what is revoked and let the rest in", async () => {
    for (const mode of ["soft", "hard"] as const) {
      expect(ask(await withList(direct), tls([direct]), mode)).toMatchObject({
        reason: "mtls.cert_revoked",
      })
      expect(ask(await withList(), tls([direct]), mode)).toMatchObject({ _tag: "Allow" })
    }
  })

  it("refuse a listed leaf also when the client withholds what would prove it", async () => {
    const crl = await intermediate.crl({
      number: 1,
      thisUpdate: now - day,
      nextUpdate: now + day,
      revoked: [{ certificate: leaf }],
    })
    const list = readRevocationList(crl.der)
    if (list._tag !== "RevocationList") throw new Error(list.problem)
    const given = trust({ lists: prepareRevocationLists([list]) })
    const input = api("a", {
      identity: { _tag: "keyless" },
      staticMtls: { leaves: [leaf.sha256], anchors: [root.sha256] },
      revocation: "soft",
    })
    const one = guardOf(
      { apis: [] },
      { policies: createPolicySet([{ policy: input, path: "/a", trust: given }]) },
    )
    for (const chain of [[leaf, intermediate], [leaf], [leaf, stranger]]) {
      expect(one.check({ now, connection: tls(chain), head: head("/a") })).toMatchObject({
        reason: "mtls.cert_revoked",
      })
    }
  })

  it("leave no path through a revoked intermediate", async () => {
    const given = await withList(intermediate)
    expect(ask(given, tls([leaf, intermediate]), "soft")).toMatchObject({
      reason: "mtls.cert_not_allowed",
    })
  })

  it("leave the status unknown when they are stale or silent", async () => {
    const given = await withList()
    expect(ask(given, tls([direct]), "hard", now + 2 * day)).toMatchObject({
      reason: "mtls.revocation_unknown",
    })
    expect(ask(given, tls([direct]), "soft", now + 2 * day)).toMatchObject({ _tag: "Allow" })
    expect(ask(given, tls([leaf, intermediate]), "hard")).toMatchObject({
      reason: "mtls.revocation_unknown",
    })
  })

  it("become stale while the answer is remembered", async () => {
    const one = guard(await withList(), "hard")
    const at = (time: number) =>
      one.check({ now: time, connection: tls([direct]), head: head("/a") })
    expect(at(now + day - 1000)).toMatchObject({ _tag: "Allow" })
    expect(at(now + day + 1000)).toMatchObject({ reason: "mtls.revocation_unknown" })
  })
})

describe("what is remembered", () => {
  const resumed = (one: Issued) =>
    new Connection({ encrypted: true, serverName: undefined, chain: [one.der], resumed: true })

  it("completes a resumed session with what a full handshake proved", () => {
    const one = guard(trust())
    const check = (connection: Connection) => one.check({ now, connection, head: head("/a") })
    expect(check(resumed(leaf))).toMatchObject({ _tag: "Deny" })
    expect(check(tls([leaf, intermediate]))).toMatchObject({ _tag: "Allow" })
    expect(check(resumed(leaf))).toMatchObject({ _tag: "Allow" })
    expect(check(tls([leaf]))).toMatchObject({ _tag: "Deny" })
    const set = policySet([])
    one.replace({ policies: set })
    expect(check(resumed(leaf))).toMatchObject({ reason: "guard.no_policy" })
  })

  it("has one answer for certificates that were presented and for the same ones remembered", () => {
    const cache = new EvidenceCache()
    const given = trust()
    const full = cache.examine(given, tls([leaf, intermediate]), "off", now)
    expect(cache.examine(given, resumed(leaf), "off", now)).toBe(full)
    expect(cache.examine(given, tls([leaf]), "off", now).paths).toEqual([])
    expect(cache.examine(trust(), resumed(leaf), "off", now)).not.toBe(full)
  })

  it("keeps what two APIs needed above one leaf, and restores what was pushed out", async () => {
    const other = await createAuthority({ name: "Other root" })
    const crossed = await other.crossSign(intermediate)
    const cache = new EvidenceCache({ size: 8, completions: 1 })
    const [first, second] = [trust(), createTrust({ anchors: [other.der] })]
    const paths = (given: Trust, connection: Connection) =>
      cache.examine(given, connection, "off", now).paths.length
    expect(paths(first, tls([leaf, intermediate]))).toBe(1)
    expect(paths(second, tls([leaf, crossed]))).toBe(1)
    expect([paths(first, resumed(leaf)), paths(second, resumed(leaf))]).toEqual([1, 1])
    const elsewhere = await intermediate.issue({ name: "elsewhere" })
    expect(paths(first, tls([elsewhere, intermediate]))).toBe(1)
    expect(paths(first, resumed(leaf))).toBe(0)
    expect(paths(first, tls([leaf, intermediate]))).toBe(1)
    expect(paths(first, resumed(leaf))).toBe(1)
  })

  it("belongs to one trust: another generation examines anew", () => {
    const cache = new EvidenceCache()
    const both = [trust(), createTrust({ anchors: [] })]
    const found = both.map((given) => cache.examine(given, tls([direct]), "off", now).paths.length)
    expect(found).toEqual([1, 0])
  })

  it("is the same answer for any order and number of the other certificates", () => {
    const cache = new EvidenceCache()
    const given = trust()
    const first = cache.examine(given, tls([leaf, intermediate, stranger]), "off", now)
    const again = cache.examine(given, tls([leaf, stranger, intermediate, stranger]), "off", now)
    expect(again).toBe(first)
    expect(cache.examine(given, tls([leaf, intermediate]), "off", now)).not.toBe(first)
  })

  it("stays within its bounds", () => {
    const cache = new EvidenceCache({ size: 10, completions: 10 })
    const given = trust()
    for (let i = 0; i < 100; i++) {
      const garbage = new Uint8Array([i])
      const chain = [direct.der, garbage]
      cache.examine(
        given,
        new Connection({ encrypted: true, serverName: undefined, chain }),
        "off",
        now,
      )
    }
    expect(cache.count).toBe(10)
    expect(() => new EvidenceCache({ size: 0 })).toThrow(TypeError)
  })
})
