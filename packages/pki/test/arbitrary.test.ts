import { X509Certificate } from "node:crypto"
import fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import {
  createWorld,
  type Member,
  type PresentedChain,
  presentedChain,
  provenPaths,
  type World,
} from "../src/arbitrary.ts"

let world: World
beforeAll(async () => {
  world = await createWorld()
})

const find = (id: string): Member => {
  const all = [...world.authorities, ...world.leaves]
  const member = all.find((one) => one.id === id)
  if (member === undefined) throw new Error(`no member ${id}`)
  return member
}
const proves = (leaf: string, extras: readonly string[], anchor: string): boolean =>
  provenPaths(find(leaf), extras.map(find), [find(anchor)]).length > 0

describe("createWorld", () => {
  it("states of every certificate what node reads in it", () => {
    for (const member of [...world.authorities, ...world.leaves]) {
      if (member.malformed) continue
      const read = new X509Certificate(member.der)
      expect({
        subject: read.subject,
        issuer: read.issuer,
        ca: read.ca,
        purposes: read.keyUsage,
        names: read.subjectAltName,
        notBefore: Date.parse(read.validFrom),
        notAfter: Date.parse(read.validTo),
      }).toEqual({
        subject: `CN=${member.subject}`,
        issuer: `CN=${member.issuer}`,
        ca: member.authority,
        purposes: purposeOids(member),
        names: member.dnsNames.map((name) => `DNS:${name}`).join(", ") || undefined,
        ...member.validity,
      })
    }
  })

  it("gives equal key labels to equal keys, and signs with the key of the label", () => {
    const keys = new Map(
      world.authorities.map(({ key, der }) => [key, new X509Certificate(der).publicKey]),
    )
    const wellFormed = [...world.authorities, ...world.leaves].filter((one) => !one.malformed)
    const label = (member: Member): readonly string[] =>
      [...keys].filter(([, key]) => new X509Certificate(member.der).verify(key)).map(([one]) => one)
    const known = wellFormed.filter(({ signedBy }) => keys.has(signedBy))
    expect(known.length).toBeGreaterThan(world.leaves.length / 2)
    expect(sample(known).map(label)).toEqual(sample(known).map(({ signedBy }) => [signedBy]))
  })
})

/** Every seventh: verifying all under all keys would take seconds. */
function sample(members: readonly Member[]): readonly Member[] {
  return members.filter((_, index) => index % 7 === 0)
}

function purposeOids({ purposes }: Member): readonly string[] | undefined {
  const oids: Record<string, string> = {
    server: "1.3.6.1.5.5.7.3.1",
    client: "1.3.6.1.5.5.7.3.2",
  }
  return purposes?.map((purpose) => oids[purpose] ?? purpose)
}

describe("provenPaths", () => {
  it("follows a chain to its root, and only with what it needs", () => {
    expect(proves("intermediate/0.0", ["intermediate"], "root-a")).toBe(true)
    expect(proves("intermediate/0.0", [], "root-a")).toBe(false)
    expect(proves("intermediate/0.0", [], "intermediate")).toBe(true)
    expect(proves("deep/0.0", ["intermediate", "deep"], "root-a")).toBe(true)
    expect(proves("intermediate/0.0", ["intermediate"], "root-b")).toBe(false)
    expect(proves("intermediate/0.0", ["crossed-intermediate"], "root-b")).toBe(true)
    expect(proves("intermediate/0.0", ["intermediate", "a-by-b"], "root-b")).toBe(true)
  })

  it("finds every path and intersects their times", () => {
    const extras = ["expired-intermediate", "intermediate", "crossed-intermediate", "b-by-a"]
    const leaf = find("intermediate/0.0")
    const paths = provenPaths(leaf, extras.map(find), [find("root-a"), find("root-b")])
    expect(paths.map(({ members }) => members.map(({ id }) => id).slice(1)).sort()).toEqual([
      ["crossed-intermediate", "b-by-a", "root-a"],
      ["crossed-intermediate", "root-b"],
      ["intermediate", "root-a"],
    ])
    expect(paths[0]?.notBefore).toBe(leaf.validity.notBefore)
  })

  it.each([
    ["an impostor of the name", "intermediate/0.0", ["intermediate"], "impostor"],
    ["another key of the name", "intermediate/0.0", ["rekeyed-intermediate"], "root-b"],
    ["a server's purpose", "intermediate/0.3", ["intermediate"], "root-a"],
    ["no purpose", "intermediate/0.4", ["intermediate"], "root-a"],
    ["an intermediate for servers", "server-only/0.0", ["server-only"], "root-a"],
    ["a forged signature", "intermediate/forged", ["intermediate"], "root-a"],
    ["a forged intermediate", "forged/0.0", ["forged"], "root-a"],
    ["a malformed leaf", "intermediate/bad-boolean", ["intermediate"], "root-a"],
    ["a malformed intermediate", "intermediate/0.0", ["malformed-intermediate"], "root-a"],
    [
      "a leaf that issues",
      "leaf-as-authority/0.0",
      ["leaf-as-authority", "intermediate"],
      "root-a",
    ],
    ["an authority as the leaf", "authority-as-client", ["intermediate"], "root-a"],
    ["a self-signed leaf", "self-signed", [], "root-a"],
    ["a self-signed leaf of the root's name", "self-signed-root-a", ["root-a"], "root-a"],
    ["an intermediate too many", "below-short/0.0", ["below-short", "short"], "root-a"],
    ["a name outside", "permitted/2.0", ["permitted"], "root-a"],
    ["one of two names outside", "permitted/3.0", ["permitted"], "root-a"],
    ["a name that only looks inside", "permitted/4.0", ["permitted"], "root-a"],
    [
      "a name outside, further down",
      "below-permitted/2.0",
      ["below-permitted", "permitted"],
      "root-a",
    ],
    ["an excluded name", "excluded/3.0", ["excluded"], "root-a"],
    [
      "a name that the anchor forbids",
      "below-constrained/2.0",
      ["below-constrained"],
      "constrained-root",
    ],
  ] as const)("refuses %s", (_, leaf, extras, anchor) => {
    expect(proves(leaf, extras, anchor)).toBe(false)
  })

  it.each([
    ["a name inside", "permitted/1.0", ["permitted"], "root-a"],
    ["no name under constraints", "permitted/0.0", ["permitted"], "root-a"],
    ["a leaf without purposes", "intermediate/0.1", ["intermediate"], "root-a"],
    ["two purposes", "client-only/0.2", ["client-only"], "root-a"],
    [
      "a self-issued renewal in no path length",
      "renewed-short/0.0",
      ["renewed-short", "short"],
      "root-a",
    ],
    [
      "a path as long as the anchor allows",
      "far-below-constrained/1.0",
      ["far-below-constrained", "below-constrained"],
      "below-constrained",
    ],
  ] as const)("accepts %s", (_, leaf, extras, anchor) => {
    expect(proves(leaf, extras, anchor)).toBe(true)
  })
})

describe("presentedChain", () => {
  const sampled = (): readonly PresentedChain[] =>
    fc.sample(presentedChain(world), { numRuns: 500, seed: 1 })

  it("presents the leaf first and exactly the extras after it", () => {
    fc.assert(
      fc.property(presentedChain(world), ({ presented, leaf, extras, anchors, paths }) => {
        expect(presented).toEqual([leaf, ...extras].map(({ der }) => der))
        for (const { members, anchor } of paths) {
          expect(members[0]).toBe(leaf)
          expect(members.at(-1)).toBe(anchor)
          expect(anchors).toContain(anchor)
          expect(members.slice(1, -1).every((member) => extras.includes(member))).toBe(true)
        }
      }),
      { numRuns: 200 },
    )
  })

  it("mixes chains that prove something with chains that do not", () => {
    const chains = sampled()
    const proving = chains.filter(({ paths }) => paths.length > 0)
    const valid = proving.filter(({ paths, now }) =>
      paths.some(({ notBefore, notAfter }) => notBefore <= now && now <= notAfter),
    )
    expect(valid.length).toBeGreaterThan(50)
    expect(proving.length - valid.length).toBeGreaterThan(10)
    expect(chains.length - proving.length).toBeGreaterThan(50)
    expect(proving.some(({ paths }) => paths.length > 1)).toBe(true)
    expect(chains.some(({ extras }) => new Set(extras).size < extras.length)).toBe(true)
  })
})
