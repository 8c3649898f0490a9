import {
  type Authority,
  asAuthority,
  type Crl,
  type CrlOptions,
  createAuthority,
  crlNumber,
  type Extension,
  type Issued,
  keyUsage,
  sequence,
  tlv,
  unknownExtension,
} from "@countersign/pki"
import { beforeAll, describe, expect, it } from "vitest"
import { verify } from "../../src/node/verify.ts"
import type { TrustPath } from "../../src/path/examination.ts"
import {
  checkRevocation,
  type PathRevocation,
  type RevocationOptions,
} from "../../src/revocation/check-revocation.ts"
import { type RevocationList, readRevocationList } from "../../src/revocation/revocation-list.ts"
import { prepareRevocationLists } from "../../src/revocation/revocation-lists.ts"
import { present, prove } from "../fixtures/prove.ts"
import { certificateOf } from "../fixtures/read.ts"

const day = 86_400_000
const fresh = { thisUpdate: present - day, nextUpdate: present + day }

let root: Authority
let intermediate: Authority
let leaf: Issued
let rootList: Crl

beforeAll(async () => {
  root = await createAuthority({ name: "root" })
  intermediate = await root.issueAuthority({ name: "intermediate" })
  leaf = await intermediate.issue({ name: "leaf" })
  rootList = await root.crl(fresh)
})

function pathOf(client: Issued, extras: readonly Issued[], anchor: Issued): TrustPath {
  const [path] = prove({ leaf: client, extras, anchors: [anchor] }).paths
  if (path === undefined) throw new Error("no path")
  return path
}

function listOf({ der }: Pick<Crl, "der">): RevocationList {
  const list = readRevocationList(der)
  if (list._tag === "Malformed") throw new Error(list.problem)
  return list
}

function check(
  lists: readonly Crl[],
  options: Partial<RevocationOptions> = {},
  path: TrustPath = pathOf(leaf, [intermediate], root),
): PathRevocation {
  const prepared = prepareRevocationLists(lists.map(listOf))
  return verify(checkRevocation(path, prepared, { now: present, ...options }))
}

describe("a path and complete lists", () => {
  it("is good while every list is fresh", async () => {
    const soon = { ...fresh, nextUpdate: present + 1000 }
    const result = check([rootList, await intermediate.crl(soon)])
    expect(result).toMatchObject({ status: "good", freshUntil: present + 1000 })
    expect(result.certificates.map(({ status }) => status)).toEqual(["good", "good"])
  })

  it("says until when it was good after a list has run out", async () => {
    const stale = { thisUpdate: present - 2 * day, nextUpdate: present - day }
    const result = check([rootList, await intermediate.crl(stale)])
    expect(result).toMatchObject({ status: "good", freshUntil: present - day })
  })

  it("is revoked if the leaf or an intermediate is, also on a list that has run out", async () => {
    const stale = { thisUpdate: present - 2 * day, nextUpdate: present - day }
    const leafList = await intermediate.crl({
      ...stale,
      revoked: [{ certificate: leaf, reason: 1 }],
    })
    expect(check([rootList, leafList])).toMatchObject({
      status: "revoked",
      certificates: [{ status: "revoked", date: present - 2 * day, reason: 1 }, { status: "good" }],
    })
    const above = await root.crl({ ...fresh, revoked: [{ certificate: intermediate }] })
    expect(check([above, await intermediate.crl(fresh)]).certificates).toMatchObject([
      { status: "good" },
      { status: "revoked" },
    ])
  })

  it("is unknown without a list of every issuer", async () => {
    expect(check([rootList])).toEqual({
      status: "unknown",
      freshUntil: Number.NEGATIVE_INFINITY,
      certificates: [
        { status: "unknown", reason: "no list of the issuer" },
        { status: "good", freshUntil: present + day },
      ],
    })
  })

  it("is decided by the newest list of an issuer", async () => {
    const old = { thisUpdate: present - 3 * day, nextUpdate: present + 3 * day }
    const held = await intermediate.crl({ ...old, revoked: [{ certificate: leaf, reason: 6 }] })
    const released = await intermediate.crl(fresh)
    expect(check([rootList, held, released]).status).toBe("good")
    const releasedEarly = await intermediate.crl(old)
    const heldNow = await intermediate.crl({ ...fresh, revoked: [{ certificate: leaf }] })
    expect(check([rootList, releasedEarly, heldNow]).status).toBe("revoked")
  })
})

/** A value of issuingDistributionPoint: `tag` with `octets`. */
function scope(tag: number, ...octets: number[]): Extension {
  const value = sequence(tlv(tag, Uint8Array.from(octets)))
  return { oid: "2.5.29.28", critical: true, value }
}

const delta: Extension = { oid: "2.5.29.27", critical: true, value: Uint8Array.of(2, 1, 1) }

describe("a list cannot show that a certificate is good if", () => {
  const cases: readonly (readonly [string, Partial<CrlOptions>, string])[] = [
    ["its number is missing", { omit: ["crlNumber"] }, "CRL number is missing"],
    [
      "its number is critical",
      { extensions: [crlNumber(1, { critical: true })] },
      "CRL number is critical",
    ],
    ["it is of version 1", { version: 1 }, "CRL number is missing"],
    [
      "it has an unknown critical extension",
      { extensions: [unknownExtension()] },
      "critical extension 1.3.6.1.4.1.55555.1",
    ],
    ["it is a delta", { extensions: [delta] }, "list is a delta"],
    [
      "it is of some reasons only",
      { extensions: [scope(0x83, 0x05, 0x60)] },
      "lists are of some reasons only",
    ],
    [
      "it is of authorities only",
      { extensions: [scope(0x82, 0xff)] },
      "list is of other certificates",
    ],
    ["it is indirect", { extensions: [scope(0x84, 0xff)] }, "list is indirect"],
    [
      "it is of attribute certificates",
      { extensions: [scope(0x85, 0xff)] },
      "list is of attribute certificates",
    ],
    ["it is of the future", { thisUpdate: present + 1000 }, "list is of the future"],
  ]

  it.each(cases)("%s", async (_, options, reason) => {
    const list = await intermediate.crl({ ...fresh, ...options })
    expect(check([rootList, list]).certificates[0]).toEqual({ status: "unknown", reason })
  })

  it("it has no next update", async () => {
    const list = await intermediate.crl({ thisUpdate: fresh.thisUpdate })
    expect(check([rootList, list]).certificates[0]).toEqual({
      status: "unknown",
      reason: "nextUpdate is missing",
    })
  })

  it("one of its entries has an unknown critical extension, but every entry revokes", async () => {
    const other = await intermediate.issue({ name: "other" })
    const odd = { certificate: other, extensions: [unknownExtension()] }
    const list = await intermediate.crl({ ...fresh, revoked: [odd] })
    expect(check([rootList, list]).status).toBe("unknown")
    expect(check([rootList, list], {}, pathOf(other, [intermediate], root)).status).toBe("revoked")
    const numberless = { ...fresh, omit: ["crlNumber"] as const, revoked: [{ certificate: leaf }] }
    expect(check([rootList, await intermediate.crl(numberless)]).status).toBe("revoked")
  })

  it("an entry of an indirect list names another's certificate", async () => {
    const foreign = { oid: "2.5.29.29", critical: true, value: sequence() }
    const revoked = [{ certificate: leaf, extensions: [foreign] }]
    expect(check([rootList, await intermediate.crl({ ...fresh, revoked })]).status).toBe("unknown")
  })

  it("an older list that can show it is asked then", async () => {
    const older = await intermediate.crl({
      thisUpdate: present - 2 * day,
      nextUpdate: present + day,
    })
    const partial = await intermediate.crl({ ...fresh, extensions: [scope(0x83, 0x05, 0x60)] })
    expect(check([rootList, older, partial]).status).toBe("good")
  })
})

describe("a list of certificates of users or of authorities only speaks about those", () => {
  it("and together they are complete", async () => {
    const users = await root.crl({ ...fresh, extensions: [scope(0x81, 0xff)] })
    const authorities = await root.crl({ ...fresh, extensions: [scope(0x82, 0xff)] })
    const below = await intermediate.crl(fresh)
    expect(check([users, below]).status).toBe("unknown")
    expect(check([authorities, below]).status).toBe("good")
    expect(check([users, authorities, below]).status).toBe("good")
  })
})

describe("a list of one distribution point speaks about the certificates that name it", () => {
  const uri = (name: string): Uint8Array => tlv(0x86, new TextEncoder().encode(name))
  const full = (name: string): Uint8Array => tlv(0xa0, tlv(0xa0, uri(name)))

  /** cRLDistributionPoints with one point for each pair of place and reasons. */
  function points(...list: readonly (readonly [place: string, reasons?: number])[]): Extension {
    const encoded = list.map(([place, reasons]) =>
      sequence(
        full(place),
        ...(reasons === undefined ? [] : [tlv(0x81, Uint8Array.of(0, reasons))]),
      ),
    )
    return { oid: "2.5.29.31", critical: false, value: sequence(...encoded) }
  }

  function issuing(place: string, reasons?: number): Extension {
    const value = sequence(
      full(place),
      ...(reasons === undefined ? [] : [tlv(0x83, Uint8Array.of(0, reasons))]),
    )
    return { oid: "2.5.29.28", critical: true, value }
  }

  async function statusWith(
    own: readonly Extension[],
    lists: readonly CrlOptions[],
  ): Promise<string> {
    const client = await intermediate.issue({ name: "leaf", extensions: own })
    const path = pathOf(client, [intermediate], root)
    const crls = await Promise.all(lists.map((options) => intermediate.crl(options)))
    return check([rootList, ...crls], {}, path).status
  }

  it("and about no others", async () => {
    const list = { ...fresh, extensions: [issuing("http://a.test/")] }
    expect(await statusWith([points(["http://a.test/"])], [list])).toBe("good")
    expect(await statusWith([points(["http://b.test/"])], [list])).toBe("unknown")
    expect(await statusWith([points(["http://b.test/"], ["http://a.test/"])], [list])).toBe("good")
    expect(await statusWith([], [list])).toBe("unknown")
  })

  it("and only for the reasons that both name, until all are covered", async () => {
    const some = { ...fresh, extensions: [issuing("http://a.test/", 0x60)] }
    const rest = { ...fresh, extensions: [issuing("http://a.test/", 0x1f)] }
    const all = { ...fresh, extensions: [issuing("http://a.test/")] }
    expect(await statusWith([points(["http://a.test/"])], [some])).toBe("unknown")
    expect(await statusWith([points(["http://a.test/", 0x60])], [all])).toBe("unknown")
    const lastReason = { ...fresh, extensions: [{ ...scope(0x83, 7, 0, 0x80) }] }
    expect(await statusWith([points(["http://a.test/"])], [some, rest, lastReason])).toBe("good")
  })

  it("while an entry revokes whatever the place", async () => {
    const extensions = [issuing("http://a.test/")]
    const list = await intermediate.crl({ ...fresh, extensions, revoked: [{ certificate: leaf }] })
    expect(check([rootList, list]).status).toBe("revoked")
  })

  it("and may be named by the issuer's name alone", async () => {
    const name = tlv(0xa0, tlv(0xa0, tlv(0xa4, intermediate.subject)))
    const extensions = [{ oid: "2.5.29.28", critical: true, value: sequence(name) }]
    expect(await statusWith([], [{ ...fresh, extensions }])).toBe("good")
  })
})

describe("a list counts only if the issuer speaks through it", () => {
  it("not if another authority with the name signed it", async () => {
    const namesake = await createAuthority({ name: "intermediate" })
    const list = await namesake.crl({ ...fresh, omit: ["authorityKeyIdentifier"] })
    expect(
      check([rootList, list], { signers: [certificateOf(namesake.der)] }).certificates[0],
    ).toEqual({
      status: "unknown",
      reason: "list is not signed by the issuer or its signer",
    })
  })

  it("not if another authority revokes a certificate with the same serial number", async () => {
    const other = await root.issueAuthority({ name: "other" })
    const list = await other.crl({ ...fresh, revoked: [{ certificate: leaf }] })
    expect(check([rootList, list, await intermediate.crl(fresh)]).status).toBe("good")
  })

  it("not if the issuer may not sign lists", async () => {
    const extensions = [keyUsage(["keyCertSign"])]
    const mute = await root.issueAuthority({ name: "mute", extensions })
    const client = await mute.issue({ name: "leaf" })
    const path = pathOf(client, [mute], root)
    expect(check([rootList, await mute.crl(fresh)], {}, path).status).toBe("unknown")
    const unlimited = await root.issueAuthority({ name: "unlimited", omit: ["keyUsage"] })
    const other = pathOf(await unlimited.issue({ name: "leaf" }), [unlimited], root)
    expect(check([rootList, await unlimited.crl(fresh)], {}, other).status).toBe("good")
  })
})

describe("an authority may have a separate signer for its lists", () => {
  const extensions = [keyUsage(["cRLSign"])]

  async function separate(by: Authority): Promise<Authority> {
    return asAuthority(await by.issueAuthority({ name: "intermediate", extensions }))
  }

  it("that it certified itself, or that the authority above certified", async () => {
    for (const by of [intermediate, root]) {
      const signer = await separate(by)
      const list = await signer.crl(fresh)
      const signers = [certificateOf(signer.der)]
      expect(check([rootList, list], { signers }).status).toBe("good")
      expect(check([rootList, list]).status).toBe("unknown")
    }
  })

  it("that is on the path, as after a change of keys", async () => {
    const renewed = await intermediate.issueAuthority({ name: "intermediate" })
    const client = await renewed.issue({ name: "leaf" })
    const path = pathOf(client, [renewed, intermediate], root)
    expect(check([rootList, await intermediate.crl(fresh)], {}, path).status).toBe("good")
  })

  it("but not one that a stranger certified, that may not sign lists, or that has expired", async () => {
    const stranger = await createAuthority({ name: "root" })
    const signers = [
      await separate(stranger),
      await root.issueAuthority({
        name: "intermediate",
        extensions: [keyUsage(["digitalSignature"])],
      }),
      await root.issueAuthority({
        name: "intermediate",
        extensions,
        validity: { notBefore: present - 2 * day, notAfter: present - day },
      }),
    ]
    for (const signer of signers) {
      const list = await signer.crl(fresh)
      const status = check([rootList, list], { signers: [certificateOf(signer.der)] }).status
      expect(status).toBe("unknown")
    }
  })

  it("and not one that has been revoked, on its own list or on that of its issuer", async () => {
    const signer = await separate(root)
    const signers = [certificateOf(signer.der)]
    const above = await root.crl({ ...fresh, revoked: [{ certificate: signer }] })
    expect(check([above, await signer.crl(fresh)], { signers }).certificates[0]?.status).toBe(
      "unknown",
    )
    const own = await separate(intermediate)
    const list = await own.crl({ ...fresh, revoked: [{ certificate: own }] })
    expect(
      check([rootList, list], { signers: [certificateOf(own.der)] }).certificates[0]?.status,
    ).toBe("unknown")
  })

  it("whose certificate ends the freshness with itself", async () => {
    const validity = { notBefore: present - day, notAfter: present + 5000 }
    const signer = await root.issueAuthority({ name: "intermediate", extensions, validity })
    const list = await signer.crl(fresh)
    expect(check([rootList, list], { signers: [certificateOf(signer.der)] })).toMatchObject({
      status: "good",
      freshUntil: present + 5000,
    })
  })

  it("within a budget of signatures, whoever presents a thousand of them", async () => {
    const signer = await separate(root)
    const list = await signer.crl({ ...fresh, omit: ["authorityKeyIdentifier"] })
    const strangers = await Promise.all(
      Array.from({ length: 40 }, async () => certificateOf((await separate(root)).der)),
    )
    expect(check([rootList, list], { signers: strangers }).status).toBe("unknown")
  })
})

it("checks the signature of a list once for a key, not once for a client", async () => {
  const prepared = prepareRevocationLists([rootList, await intermediate.crl(fresh)].map(listOf))
  const path = pathOf(leaf, [intermediate], root)
  const first = checkRevocation(path, prepared, { now: present })
  expect(verify(first).status).toBe("good")
  expect(checkRevocation(path, prepared, { now: present }).next().done).toBe(true)
})
