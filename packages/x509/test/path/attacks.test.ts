import {
  type Authority,
  asAuthority,
  basicConstraints,
  createAuthority,
  createKey,
  extKeyUsage,
  type GeneralName,
  type Issued,
  keyUsage,
  type LeafOptions,
  malform,
  nameConstraints,
  selfSigned,
  unknownExtension,
} from "@countersign/pki"
import { beforeAll, describe, expect, it } from "vitest"
import { failureTag, outcome, prove } from "../fixtures/prove.ts"

let root: Authority
let intermediate: Authority
let victim: Issued

beforeAll(async () => {
  root = await createAuthority({ name: "root" })
  intermediate = await root.issueAuthority({ name: "intermediate" })
  victim = await intermediate.issue({ name: "victim", san: ["victim.example.com"] })
})

describe("the leaf is the certificate whose key was proved, and nothing else", () => {
  it("a genuine chain is proven, whatever its order", () => {
    const chain = [intermediate, root]
    expect(outcome({ leaf: victim, extras: chain, anchors: [root] })).toEqual([root.sha256])
    expect(outcome({ leaf: victim, extras: chain.toReversed(), anchors: [root] })).toEqual([
      root.sha256,
    ])
  })

  it("a self-signed attacker who presents the victim's certificate, itself or both again proves nothing", async () => {
    const attacker = await selfSigned({ name: "attacker", ca: false })
    const namesake = await selfSigned({ name: "victim", ca: false })
    for (const leaf of [attacker, namesake]) {
      for (const extras of [
        [victim],
        [victim, intermediate],
        [leaf],
        [intermediate, victim, leaf],
        [leaf, leaf, intermediate, root],
        [root],
      ]) {
        expect(["IssuerUnknown", "KeyIdentifierDiffers", "NotAnAuthority"]).toContain(
          failureTag({ leaf, extras, anchors: [root] }),
        )
      }
    }
  })

  it("a chain of a stranger's authority proves nothing, even with the anchor's and the intermediate's names", async () => {
    const otherRoot = await createAuthority({ name: "root" })
    const otherIntermediate = await otherRoot.issueAuthority({ name: "intermediate" })
    const forged = await otherIntermediate.issue({ name: "victim" })
    const mixed = [otherIntermediate, intermediate, otherRoot, root]
    expect(prove({ leaf: forged, extras: mixed, anchors: [root] }).paths).toEqual([])
    expect(outcome({ leaf: victim, extras: mixed, anchors: [root] })).toEqual([root.sha256])
  })

  it("a forger without key identifiers fails on the signature", async () => {
    const omit = ["authorityKeyIdentifier", "subjectKeyIdentifier"] as const
    const signWith = await createKey()
    const forged = await intermediate.issue({ name: "victim", omit, signWith })
    expect(failureTag({ leaf: forged, extras: [intermediate], anchors: [root] })).toBe(
      "SignatureInvalid",
    )
  })

  it("an anchor as the leaf proves nothing by path", async () => {
    expect(failureTag({ leaf: root, anchors: [root] })).toBe("AuthorityAsLeaf")
    const plain = await selfSigned({ name: "plain", ca: false })
    expect(outcome({ leaf: plain, anchors: [plain] })).toBe("CN=plain: signed itself")
  })

  it("two intermediates with one name are told apart by their keys", async () => {
    const omit = ["authorityKeyIdentifier"] as const
    const namesakes = await Promise.all(
      [1, 2, 3].map(() => root.issueAuthority({ name: "namesake" })),
    )
    const leaf = await namesakes[2]?.issue({ name: "leaf", omit })
    expect(leaf).toBeDefined()
    if (leaf === undefined) return
    expect(outcome({ leaf, extras: namesakes, anchors: [root] })).toEqual([root.sha256])
  })
})

describe("an issuer must be an authority that may issue for clients", () => {
  const cases: readonly (readonly [string, string, () => Promise<Authority>])[] = [
    [
      "a leaf",
      "NotAnAuthority",
      async () => asAuthority(await intermediate.issue({ name: "posing leaf" })),
    ],
    [
      "a certificate without basic constraints",
      "NotAnAuthority",
      () => root.issueAuthority({ name: "a", omit: ["basicConstraints"] }),
    ],
    [
      "a certificate with cA FALSE",
      "NotAnAuthority",
      () => root.issueAuthority({ name: "a", extensions: [basicConstraints({ ca: false })] }),
    ],
    [
      "an authority without keyCertSign",
      "NotAnAuthority",
      () => root.issueAuthority({ name: "a", extensions: [keyUsage(["cRLSign"])] }),
    ],
    ["an authority without a name", "NameRefused", () => root.issueAuthority({ subject: [] })],
    [
      "a version 1 certificate",
      "NotAnAuthority",
      () => root.issueAuthority({ name: "a", version: 1 }),
    ],
    [
      "an authority for servers",
      "PurposeRefused",
      () => root.issueAuthority({ name: "a", usage: "server" }),
    ],
    [
      "an authority with an unknown critical extension",
      "CriticalExtensionUnknown",
      () => root.issueAuthority({ name: "a", extensions: [unknownExtension()] }),
    ],
    [
      "an authority with a weak key",
      "KeyRefused",
      () => root.issueAuthority({ name: "a", key: "RSA-1024" }),
    ],
  ]

  it.each(cases)("%s is refused: %s", async (_, tag, make) => {
    const issuer = await make()
    const leaf = await issuer.issue({ name: "leaf" })
    expect(failureTag({ leaf, extras: [issuer, intermediate], anchors: [root] })).toBe(tag)
    expect(failureTag({ leaf, anchors: [issuer] })).toBe(tag)
  })

  it.each([["client"], ["any"], ["none"]] as const)(
    "an authority for %s is accepted",
    async (usage) => {
      const issuer = await root.issueAuthority({ name: "a", usage })
      const leaf = await issuer.issue({ name: "leaf" })
      expect(outcome({ leaf, extras: [issuer], anchors: [root] })).toEqual([root.sha256])
    },
  )

  it("path length counts intermediates that are not self-issued, also that of the anchor", async () => {
    const short = await createAuthority({ name: "short", pathLength: 0 })
    const renewed = await short.issueAuthority({ name: "short" })
    const below = await short.issueAuthority({ name: "below" })
    const ok = await renewed.issue({ name: "leaf" })
    const bad = await below.issue({ name: "leaf" })
    expect(outcome({ leaf: ok, extras: [renewed], anchors: [short] })).toEqual([short.sha256])
    expect(failureTag({ leaf: bad, extras: [below], anchors: [short] })).toBe("PathTooLong")
  })
})

describe("a leaf must be a client's", () => {
  const refused: readonly (readonly [string, string, LeafOptions])[] = [
    ["for servers", "PurposeRefused", { usage: "server" }],
    ["for any purpose but none by name", "PurposeRefused", { usage: "any" }],
    ["for no purpose at all", "PurposeRefused", { usage: [] }],
    ["without digitalSignature", "PurposeRefused", { extensions: [keyUsage(["keyEncipherment"])] }],
    [
      "with keyCertSign",
      "PurposeRefused",
      { extensions: [keyUsage(["digitalSignature", "keyCertSign"])] },
    ],
    [
      "with an unknown critical extension",
      "CriticalExtensionUnknown",
      { extensions: [unknownExtension()] },
    ],
    [
      "with name constraints",
      "ExtensionRefused",
      { extensions: [nameConstraints({ permitted: ["example.com"] }, { critical: false })] },
    ],
    ["without an issuer", "NameRefused", { issuer: [] }],
    ["of version 1", "VersionRefused", { version: 1 }],
    ["with RSA 1024", "KeyRefused", { key: "RSA-1024" }],
    ["with an RSA length that is no whole octet", "KeyRefused", { key: "RSA-2052" }],
    ["signed with SHA-1", "AlgorithmRefused", { signatureHash: "SHA-1" }],
    ["that is an authority", "AuthorityAsLeaf", { extensions: [basicConstraints({ ca: true })] }],
  ]

  it.each(refused)("one %s is refused: %s", async (_, tag, options) => {
    const leaf = await intermediate.issue({ name: "leaf", ...options })
    expect(failureTag({ leaf, extras: [intermediate], anchors: [root] })).toBe(tag)
  })

  it.each([
    ["client and server", { usage: ["client", "server"] }],
    ["client and any", { usage: ["client", "any"] }],
    ["no extended key usage", { usage: "none" }],
    ["no key usage", { omit: ["keyUsage"] }],
    [
      "an unknown extension that is not critical",
      { extensions: [unknownExtension({ critical: false })] },
    ],
  ] as const)("one with %s is accepted", async (_, options) => {
    const leaf = await intermediate.issue({ name: "leaf", ...options })
    expect(failureTag({ leaf, extras: [intermediate], anchors: [root] })).toBe("proven")
  })

  const malformedNames: readonly GeneralName[] = [
    ".example.com",
    "under_score.example.com",
    "192.0.2.1",
    "example.com.",
    "-a.example.com",
    "foo.*.example.com",
    "a*.example.com",
    "*",
    "",
    "a b",
    "café.example",
    { email: "a@b@example.com" },
    { email: "example.com" },
    { uri: "/relative" },
    { uri: "http://a b/" },
    { uri: "https://evil.test\\@ok.test/" },
    { ip: Uint8Array.of(1, 2, 3) },
    { ip: "192.0.2.0/24" },
  ]

  it.each(malformedNames.map((name) => [JSON.stringify(name), name] as const))(
    "one named %s is refused",
    async (_, name) => {
      const leaf = await intermediate.issue({ name: "leaf", san: [name] })
      expect(["NameRefused", "LeafUnreadable"]).toContain(
        failureTag({ leaf, extras: [intermediate], anchors: [root] }),
      )
    },
  )

  it("options widen and narrow this only by name", async () => {
    const chain = { extras: [intermediate], anchors: [root] }
    const bare = await intermediate.issue({ name: "leaf", usage: "none" })
    expect(failureTag({ leaf: bare, ...chain }, { requireExtendedKeyUsage: true })).toBe(
      "PurposeRefused",
    )
    const authority = await intermediate.issueAuthority({
      name: "leaf",
      extensions: [keyUsage(["digitalSignature", "keyCertSign"]), extKeyUsage(["client"])],
    })
    const danger = { dangerouslyAcceptAuthorityAsLeaf: true }
    expect(failureTag({ leaf: authority, ...chain }, danger)).toBe("proven")
  })
})

describe("name constraints hold for every name, from the anchor downwards", () => {
  const good: GeneralName = { dirName: { O: "good", CN: "x" } }
  const cases: readonly (readonly [
    string,
    Parameters<typeof nameConstraints>[0],
    LeafOptions,
    string,
  ])[] = [
    [
      "one permitted of two",
      { permitted: ["ok.test"] },
      { name: "l", san: ["a.ok.test", "evil.test"] },
      "refused",
    ],
    [
      "evil before permitted",
      { permitted: ["ok.test"] },
      { name: "l", san: ["evil.test", "a.ok.test"] },
      "refused",
    ],
    [
      "both permitted",
      { permitted: ["ok.test"] },
      { name: "l", san: ["a.ok.test", "ok.test"] },
      "proven",
    ],
    [
      "a name that only ends alike",
      { permitted: ["ok.test"] },
      { name: "l", san: ["evilok.test"] },
      "refused",
    ],
    ["another case", { permitted: ["OK.test"] }, { name: "l", san: ["A.ok.TEST"] }, "proven"],
    [
      "a wildcard above what is permitted",
      { permitted: ["a.ok.test"] },
      { name: "l", san: ["*.ok.test"] },
      "refused",
    ],
    [
      "a wildcard that reaches what is excluded",
      { excluded: ["a.ok.test"] },
      { name: "l", san: ["*.ok.test"] },
      "refused",
    ],
    [
      "a wildcard that does not",
      { excluded: ["a.b.ok.test"] },
      { name: "l", san: ["*.ok.test"] },
      "proven",
    ],
    [
      "a subject inside",
      { permitted: [{ dirName: { O: "good" } }] },
      { subject: { O: "good", CN: "l" } },
      "proven",
    ],
    [
      "a subject outside",
      { permitted: [{ dirName: { O: "good" } }] },
      { subject: { O: "bad", CN: "l" } },
      "refused",
    ],
    [
      "a subject with the part elsewhere",
      { permitted: [{ dirName: { O: "good" } }] },
      { subject: { OU: "a", O: "good" } },
      "refused",
    ],
    [
      "a subject in another string type and case",
      { excluded: [{ dirName: { O: "good" } }] },
      { subject: [{ type: "O", value: "GOOD ", as: "BMPString" }] },
      "refused",
    ],
    [
      "a directory name outside",
      { permitted: [{ dirName: { O: "good" } }] },
      { subject: { O: "good" }, san: [{ dirName: { O: "bad" } }] },
      "refused",
    ],
    [
      "a directory name inside",
      { permitted: [{ dirName: { O: "good" } }] },
      { subject: { O: "good" }, san: [good] },
      "proven",
    ],
    [
      "a URI inside",
      { permitted: [{ uri: ".ok.test" }] },
      { name: "l", san: [{ uri: "https://a.ok.test/x" }] },
      "proven",
    ],
    [
      "a URI outside",
      { permitted: [{ uri: ".ok.test" }] },
      { name: "l", san: [{ uri: "https://a.evil.test/.ok.test" }] },
      "refused",
    ],
    [
      "two URIs",
      { permitted: [{ uri: ".ok.test" }] },
      { name: "l", san: [{ uri: "https://a.ok.test" }, { uri: "https://evil.test" }] },
      "refused",
    ],
    [
      "a URI with user information",
      { permitted: [{ uri: ".ok.test" }] },
      { name: "l", san: [{ uri: "https://a.ok.test@evil.test/" }] },
      "refused",
    ],
    [
      "a URI without a host",
      { permitted: [{ uri: ".ok.test" }] },
      { name: "l", san: [{ uri: "urn:a.ok.test" }] },
      "refused",
    ],
    [
      "a mailbox inside",
      { permitted: [{ email: "ok.test" }] },
      { name: "l", san: [{ email: "a@ok.test" }] },
      "proven",
    ],
    [
      "a mailbox below",
      { permitted: [{ email: "ok.test" }] },
      { name: "l", san: [{ email: "a@b.ok.test" }] },
      "refused",
    ],
    [
      "a mailbox in the subject",
      { permitted: [{ email: "ok.test" }] },
      { subject: { CN: "l", emailAddress: "a@evil.test" } },
      "refused",
    ],
    [
      "another case in the local part",
      { permitted: [{ email: "a@ok.test" }] },
      { name: "l", san: [{ email: "A@ok.test" }] },
      "refused",
    ],
    [
      "an address inside",
      { permitted: [{ ip: "192.0.2.0/24" }] },
      { name: "l", san: [{ ip: "192.0.2.9" }] },
      "proven",
    ],
    [
      "an address outside",
      { permitted: [{ ip: "192.0.2.0/24" }] },
      { name: "l", san: [{ ip: "192.0.3.9" }] },
      "refused",
    ],
    [
      "an address of the other family",
      { permitted: [{ ip: "192.0.2.0/24" }] },
      { name: "l", san: [{ ip: "2001:db8::1" }] },
      "refused",
    ],
    [
      "a type without comparison that occurs",
      { excluded: [{ registeredId: "1.2.3" }] },
      { name: "l", san: [{ registeredId: "1.2.4" }] },
      "refused",
    ],
    [
      "a type without comparison that does not occur",
      { excluded: [{ otherName: { oid: "1.2.3" } }] },
      { name: "l", san: ["a.test"] },
      "proven",
    ],
    [
      "both, of which exclusion wins",
      { permitted: ["ok.test"], excluded: ["a.ok.test"] },
      { name: "l", san: ["b.a.ok.test"] },
      "refused",
    ],
    ["everything excluded", { excluded: [""] }, { name: "l", san: ["a.test"] }, "refused"],
    ["no name of the kind", { permitted: ["ok.test"] }, { name: "l" }, "proven"],
  ]

  it.each(cases)("%s", async (_, constraints, options, expected) => {
    const extensions = [nameConstraints(constraints)]
    const constrained = await root.issueAuthority({ subject: { O: "good", CN: "nc" }, extensions })
    const anchor = await createAuthority({ name: "anchor", extensions })
    const free = await anchor.issueAuthority({ subject: { O: "good", CN: "free" } })
    const tag = expected === "proven" ? "proven" : "NameConstraintViolated"
    const leaf = await constrained.issue({ ...options, omit: ["authorityKeyIdentifier"] })
    expect(failureTag({ leaf, extras: [constrained], anchors: [root] })).toBe(tag)
    const deeper = await free.issue(options)
    expect(failureTag({ leaf: deeper, extras: [free], anchors: [anchor] })).toBe(tag)
  })

  it.each([
    ["a wildcard", { permitted: ["*.ok.test"] }],
    ["a leading dot", { permitted: [".ok.test"] }],
    ["two at signs", { permitted: [{ email: "a@b@ok.test" }] }],
    ["an address without mask", { permitted: [{ ip: "192.0.2.1" }] }],
    ["a mask with a hole", { permitted: [{ ip: Uint8Array.of(192, 0, 2, 0, 255, 0, 255, 0) }] }],
    ["an empty list", { permitted: [] }],
    ["no list", {}],
  ] as const)("a constraint with %s refuses the authority", async (_, constraints) => {
    const extensions = [nameConstraints(constraints)]
    const constrained = await root.issueAuthority({ name: "nc", extensions })
    const leaf = await constrained.issue({ name: "leaf" })
    expect(failureTag({ leaf, extras: [constrained], anchors: [root] })).toBe("ExtensionRefused")
  })

  it("spares self-issued intermediates, and no leaf", async () => {
    const extensions = [nameConstraints({ permitted: ["ok.test"] })]
    const constrained = await root.issueAuthority({ name: "nc", extensions })
    const renewed = await constrained.issueAuthority({ name: "nc" })
    const other = await constrained.issueAuthority({ name: "other", extensions: [] })
    const named = { san: ["evil.test"] }
    const fine = await renewed.issue({ name: "leaf", san: ["a.ok.test"] })
    expect(failureTag({ leaf: fine, extras: [renewed, constrained], anchors: [root] })).toBe(
      "proven",
    )
    const selfIssued = await renewed.issue({ name: "nc", ...named })
    expect(failureTag({ leaf: selfIssued, extras: [renewed, constrained], anchors: [root] })).toBe(
      "NameConstraintViolated",
    )
    const leaf = await other.issue({ name: "leaf", ...named })
    expect(outcome({ leaf, extras: [other, constrained], anchors: [root] })).toBe(
      "CN=leaf: dns:evil.test is not permitted under the name constraint dns:ok.test of CN=nc",
    )
  })
})

describe("encodings that were never signed as they stand", () => {
  it.each([
    "trailing-bytes",
    "non-minimal-length",
    "indefinite-length",
    "fourth-element",
    "other-outer-algorithm",
    "duplicate-extension",
    "encoded-default-boolean",
  ] as const)(
    "%s: such a leaf is unreadable, and such an extra or anchor is no issuer",
    async (kind) => {
      expect(
        failureTag({ leaf: await malform(victim, kind), extras: [intermediate], anchors: [root] }),
      ).toBe("LeafUnreadable")
      const broken = await malform(intermediate, kind)
      expect(failureTag({ leaf: victim, extras: [broken], anchors: [root] })).toBe(
        "ExtraUnreadable",
      )
      expect(outcome({ leaf: victim, extras: [broken, intermediate], anchors: [root] })).toEqual([
        root.sha256,
      ])
    },
  )

  it.each(["wrong-signature", "empty-signature"] as const)("%s", async (kind) => {
    const leaf = await malform(victim, kind)
    expect(failureTag({ leaf, extras: [intermediate], anchors: [root] })).toBe("SignatureInvalid")
  })
})
