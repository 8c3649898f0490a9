import { fingerprint } from "@countersign/engine"
import {
  type Authority,
  asAuthority,
  createAuthority,
  createKey,
  type Issued,
  keyUsage,
} from "@countersign/pki"
import {
  prepareRevocationLists,
  type RevocationList,
  readRevocationList,
} from "@countersign/x509/revocation"
import { beforeAll, describe, expect, it } from "vitest"
import { EvidenceCache } from "../../src/evidence/evidence.ts"
import { Connection, createTrust, type Trust } from "../../src/index.ts"
import { now, tls } from "../fixture.ts"

const day = 86_400_000
const validity = { notBefore: now - 9 * day, notAfter: now + 9 * day }

let root: Authority
let other: Authority
let intermediate: Authority
let crossed: Authority
let direct: Issued
let leaf: Issued

beforeAll(async () => {
  root = await createAuthority({ name: "Root", validity })
  other = await createAuthority({ name: "Other root", validity })
  intermediate = await root.issueAuthority({ name: "Intermediate", validity })
  crossed = await other.crossSign(intermediate, { validity })
  direct = await root.issue({ name: "direct", validity })
  leaf = await intermediate.issue({ name: "leaf", validity })
})

const trust = (rest: Partial<Trust> = {}): Trust => ({
  ...createTrust({ anchors: [root.der] }),
  ...rest,
})

async function listOf(issuer: Authority, ...revoked: Issued[]): Promise<RevocationList> {
  const crl = await issuer.crl({
    thisUpdate: now - day,
    nextUpdate: now + day,
    revoked: revoked.map((certificate) => ({ certificate })),
  })
  const list = readRevocationList(crl.der)
  if (list._tag !== "RevocationList") throw new Error(list.problem)
  return list
}

const trustWith = (...lists: RevocationList[]) => trust({ lists: prepareRevocationLists(lists) })

const resumed = () =>
  new Connection({ encrypted: true, serverName: undefined, chain: [leaf.der], resumed: true })

const examine = (given: Trust, connection: Connection, mode: "off" | "soft" | "hard" = "soft") =>
  new EvidenceCache().examine(given, connection, mode, now)

describe("what a chain proves", () => {
  it("is nothing without a certificate", () => {
    const nothing = { paths: [], revoked: false, failure: undefined }
    expect(examine(trust(), tls([]))).toStrictEqual(nothing)
  })

  const path = () => ({ anchor: fingerprint(root.sha256), ...validity })
  const unchecked = { status: "unknown", freshUntil: 0 }

  it("is its paths, unchecked where lists do not matter", async () => {
    const given = trustWith(await listOf(root, direct))
    for (const evidence of [
      examine(given, tls([direct]), "off"),
      examine(trust(), tls([direct]), "soft"),
    ]) {
      expect(evidence).toMatchObject({ revoked: false, failure: undefined })
      expect(evidence.paths).toStrictEqual([{ ...path(), revocation: unchecked }])
    }
  })

  it("is its paths with what the lists say", async () => {
    const revocations = [
      [await listOf(root), { status: "good", freshUntil: now + day }, false],
      [await listOf(root, direct), { status: "revoked" }, true],
      [await listOf(other), unchecked, false],
      [{ ...(await listOf(root)), thisUpdate: now + 1000 }, unchecked, false],
    ] as const
    for (const [list, revocation, revoked] of revocations) {
      const evidence = examine(trustWith(list), tls([direct]))
      expect(evidence).toMatchObject({ revoked, failure: undefined })
      expect(evidence.paths).toMatchObject([{ ...path(), revocation }])
    }
  })

  it("is no path through a revoked intermediate, and says so", async () => {
    const evidence = examine(trustWith(await listOf(root, intermediate)), tls([leaf, intermediate]))
    expect(evidence).toMatchObject({
      paths: [],
      revoked: false,
      failure: "an intermediate certificate has been revoked",
    })
  })

  it("says why there is no path, with lists and without", async () => {
    const why = "CN=leaf: issuer CN=Intermediate is neither an anchor nor presented"
    for (const given of [trust(), trustWith(await listOf(root))]) {
      const evidence = examine(given, tls([leaf]))
      expect(evidence).toMatchObject({ paths: [], revoked: false, failure: why })
    }
  })

  it("is nothing where the leaf cannot be read, with lists or without", async () => {
    const connection = () =>
      new Connection({ encrypted: true, serverName: undefined, chain: [Uint8Array.of(48, 0)] })
    for (const given of [trust(), trustWith(await listOf(root))]) {
      const evidence = examine(given, connection())
      expect(evidence).toMatchObject({ paths: [], revoked: false })
      expect(evidence.failure).toMatch(/^certificate cannot be read/)
    }
  })

  it("does not rest on a list that the leaf has signed itself", async () => {
    const extensions = [keyUsage(["digitalSignature", "cRLSign"])]
    const client = await root.issue({ name: "Root", validity, extensions })
    const own = await listOf(asAuthority(client))
    expect(examine(trustWith(own), tls([client])).paths).toMatchObject([{ revocation: unchecked }])
  })

  it("may cost sixteen signatures, and no more", async () => {
    const omit = ["authorityKeyIdentifier", "subjectKeyIdentifier"] as const
    const stranger = await createAuthority({ name: "Stranger" })
    const namesakes = await Promise.all(
      Array.from({ length: 16 }, async () =>
        stranger.issueAuthority({ name: "Intermediate", omit, key: await createKey() }),
      ),
    )
    const client = await intermediate.issue({ name: "client", omit, validity })
    const pathsWith = (count: number) =>
      examine(trust(), tls([client, ...namesakes.slice(0, count), intermediate])).paths.length
    expect([pathsWith(14), pathsWith(16)]).toEqual([1, 0])
  })

  it("is examined as the trust says", () => {
    const given = createTrust({ anchors: [root.der], options: { depth: 0 } })
    expect(examine(given, tls([leaf, intermediate])).paths).toEqual([])
    expect(examine(trust(), tls([leaf, intermediate])).paths).toHaveLength(1)
  })
})

describe("a listed leaf whose path is withheld", () => {
  async function isRevoked(change: (list: RevocationList) => Partial<RevocationList>) {
    const list = await listOf(intermediate, leaf)
    return examine(trustWith({ ...list, ...change(list) }), tls([leaf])).revoked
  }

  it("is revoked from the second in which its list begins", async () => {
    expect(await isRevoked(() => ({}))).toBe(true)
    expect(await isRevoked(() => ({ thisUpdate: now }))).toBe(true)
    expect(await isRevoked(() => ({ thisUpdate: now + 1000 }))).toBe(false)
  })

  it("is not revoked by a list of others' certificates, nor by an entry that takes it back", async () => {
    expect(await isRevoked(() => ({ foreign: "list is indirect" }))).toBe(false)
    const entries = (reason: number) => (list: RevocationList) => ({
      entries: new Map([...list.entries].map(([serial, entry]) => [serial, { ...entry, reason }])),
    })
    expect([await isRevoked(entries(8)), await isRevoked(entries(1))]).toEqual([false, true])
  })
})

describe("an answer is kept", () => {
  it("for the connection, also when another has pushed it out of the cache", () => {
    const cache = new EvidenceCache({ size: 1 })
    const [given, first, second] = [trust(), tls([direct]), tls([leaf])]
    const answer = cache.examine(given, first, "off", now)
    cache.examine(given, second, "off", now)
    expect(cache.examine(given, first, "off", now)).toBe(answer)
    expect(cache.examine(given, tls([direct]), "off", now)).not.toBe(answer)
  })

  it("for a minute where lists were asked, both ends included, for this connection and others", async () => {
    const given = trustWith(await listOf(root))
    const isKept = (isSame: boolean) => (at: number) => {
      const cache = new EvidenceCache()
      const connection = tls([direct])
      const answer = cache.examine(given, connection, "soft", now)
      const next = isSame ? connection : tls([direct])
      return cache.examine(given, next, "soft", at) === answer
    }
    for (const isSame of [true, false]) {
      const times = [now - 1, now, now + 60_000, now + 60_001]
      expect(times.map(isKept(isSame))).toEqual([false, true, true, false])
    }
  })

  it("apart for policies that ask the lists and those that do not", async () => {
    const cache = new EvidenceCache()
    const given = trustWith(await listOf(root, direct))
    const connection = tls([direct])
    const revoked = (mode: "off" | "soft" | "hard", one: Connection) =>
      cache.examine(given, one, mode, now).revoked
    expect([revoked("off", connection), revoked("soft", connection)]).toEqual([false, true])
    expect([revoked("off", connection), revoked("hard", connection)]).toEqual([false, true])
    expect([revoked("off", tls([direct])), revoked("soft", tls([direct]))]).toEqual([false, true])
    expect(cache.count).toBe(2)
  })

  it("never for a resumed connection, which a full handshake may complete at any time", () => {
    const cache = new EvidenceCache()
    const [given, connection] = [trust(), resumed()]
    expect(cache.examine(given, connection, "off", now).paths).toEqual([])
    cache.examine(given, tls([leaf, intermediate]), "off", now)
    expect(cache.examine(given, connection, "off", now).paths).toHaveLength(1)
  })

  it("as one for what was presented in full and what completes a resumed session, in any order", () => {
    const both = createTrust({ anchors: [root.der, other.der] })
    for (const extras of [
      [intermediate, crossed],
      [crossed, intermediate],
    ]) {
      const cache = new EvidenceCache()
      const full = cache.examine(both, tls([leaf, ...extras]), "off", now)
      expect(full.paths).toHaveLength(2)
      expect(cache.examine(both, resumed(), "off", now)).toBe(full)
    }
  })

  it("with sixteen intermediates of a leaf at most, the latest", async () => {
    const cache = new EvidenceCache()
    const [mine, theirs] = [trust(), createTrust({ anchors: [other.der] })]
    cache.examine(theirs, tls([leaf, crossed]), "off", now)
    const pathsOfOther = () => cache.examine(theirs, resumed(), "off", now).paths.length
    for (let i = 1; i <= 16; i++) {
      expect(pathsOfOther()).toBe(1)
      const twin = await root.crossSign(intermediate, { validity })
      cache.examine(mine, tls([leaf, twin]), "off", now)
    }
    expect(pathsOfOther()).toBe(0)
  })
})
