import { createHash, X509Certificate } from "node:crypto"
import { describe, expect, it } from "vitest"
import {
  asAuthority,
  createAuthority,
  type Issued,
  type KeyKind,
  selfSigned,
  sharedKey,
} from "../src/index.ts"

const parse = (issued: Issued): X509Certificate => new X509Certificate(issued.der)
const isSignedBy = (issued: Issued, issuer: Issued): boolean =>
  parse(issued).checkIssued(parse(issuer)) && parse(issued).verify(parse(issuer).publicKey)

describe("createAuthority", () => {
  const kinds: readonly KeyKind[] = ["P-256", "P-384", "P-521", "RSA-2048", "Ed25519", "Ed448"]

  it.each(kinds)("makes a chain of %s keys that node verifies link by link", async (kind) => {
    const root = await createAuthority({ name: "root", key: kind })
    const intermediate = await root.issueAuthority({ name: "intermediate", key: kind })
    const leaf = await intermediate.issue({ name: "leaf", key: kind })
    expect(isSignedBy(root, root)).toBe(true)
    expect(isSignedBy(intermediate, root)).toBe(true)
    expect(isSignedBy(leaf, intermediate)).toBe(true)
    expect(isSignedBy(leaf, root)).toBe(false)
    expect(parse(root).ca && parse(intermediate).ca).toBe(true)
    expect(parse(leaf).ca).toBe(false)
  })

  it.each(["SHA-1", "SHA-256", "SHA-384", "SHA-512"] as const)(
    "signs with %s, in RSA PKCS #1 and PSS and in ECDSA",
    async (signatureHash) => {
      const rsa = await createAuthority({ name: "rsa", key: await sharedKey("RSA-2048") })
      const ecdsa = await createAuthority({ name: "ecdsa" })
      const leaves = await Promise.all([
        rsa.issue({ name: "pkcs1", signatureHash }),
        rsa.issue({ name: "pss", signatureHash, signaturePadding: "PSS" }),
        ecdsa.issue({ name: "ecdsa", signatureHash }),
      ])
      expect(leaves.map((leaf, index) => isSignedBy(leaf, index < 2 ? rsa : ecdsa))).toEqual([
        true,
        true,
        true,
      ])
    },
  )

  it("gives PEM, private key and fingerprint of the same certificate", async () => {
    const root = await createAuthority({ name: "root" })
    const leaf = await root.issue({ name: "leaf" })
    expect(new X509Certificate(leaf.pem).raw.equals(leaf.der)).toBe(true)
    expect(leaf.sha256).toBe(createHash("sha256").update(leaf.der).digest("hex"))
    expect(leaf.chainPem(root)).toBe(leaf.pem + root.pem)
    expect(leaf.pem.split("\n").every((line) => line.length <= 64)).toBe(true)
  })

  it("keeps names and keys apart: two authorities of one name do not verify each other", async () => {
    const [one, two] = await Promise.all([
      createAuthority({ name: "same" }),
      createAuthority({ name: "same" }),
    ])
    const leaf = await one.issue({ name: "leaf" })
    expect(Buffer.compare(one.subject, two.subject)).toBe(0)
    expect(parse(leaf).verify(parse(two).publicKey)).toBe(false)
  })

  it("cross-signs: the leaf verifies under both certificates of one key", async () => {
    const [old, fresh] = await Promise.all([
      createAuthority({ name: "old" }),
      createAuthority({ name: "fresh" }),
    ])
    const leaf = await fresh.issue({ name: "leaf" })
    const crossed = await old.crossSign(fresh)
    expect(isSignedBy(crossed, old)).toBe(true)
    expect(isSignedBy(leaf, crossed) && isSignedBy(leaf, fresh)).toBe(true)
  })

  it("lets a leaf pose as an authority", async () => {
    const root = await createAuthority({ name: "root" })
    const leaf = await root.issue({ name: "leaf" })
    const below = await asAuthority(leaf).issue({ name: "below" })
    expect(parse(below).verify(parse(leaf).publicKey)).toBe(true)
  })

  it("forges: the issuer's name with another key", async () => {
    const root = await createAuthority({ name: "root" })
    const stranger = await sharedKey("P-256")
    const forged = await root.issue({ name: "leaf", signWith: stranger })
    expect(parse(forged).issuer).toBe("CN=root")
    expect(parse(forged).verify(parse(root).publicKey)).toBe(false)
  })
})

describe("selfSigned", () => {
  it("is an authority without usages, as the usual one-line command makes it", async () => {
    const certificate = parse(await selfSigned({ name: "self" }))
    expect(certificate.ca).toBe(true)
    expect(certificate.keyUsage).toBeUndefined()
    expect(certificate.checkIssued(certificate)).toBe(true)
    expect(certificate.verify(certificate.publicKey)).toBe(true)
  })

  it("can leave the authority bit out", async () => {
    expect(parse(await selfSigned({ name: "self", ca: false })).ca).toBe(false)
  })
})
