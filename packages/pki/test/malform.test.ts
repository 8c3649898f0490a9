import { createPublicKey, verify } from "node:crypto"
import { beforeAll, describe, expect, it } from "vitest"
import { children } from "../src/der-splice.ts"
import {
  type Authority,
  createAuthority,
  type Issued,
  MALFORMATIONS,
  type Malformation,
  malform,
} from "../src/index.ts"

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex")
const text = (value: string): RegExp => new RegExp(hex(Buffer.from(value)))

/** What the bytes of each malformed body show; the first extension is keyUsage, the first serial octets 01 02. */
const BODIES: Partial<Record<Malformation, RegExp>> = {
  "duplicate-extension": /0603551d0f.*0603551d0f/,
  "empty-extensions": /a3023000$/,
  "extension-trailing-bytes": /0603551d0f0406030207800500/,
  "bad-boolean": /0603551d0f01010104/,
  "long-boolean": /0603551d0f0102ffff04/,
  "encoded-default-boolean": /0603551d0f01010004/,
  "constructed-octet-string": /0603551d0f0101ff24060404/,
  "non-minimal-oid": /060480551d0f04/,
  "non-minimal-inner-length": /308300000f310d300b0603550403/,
  "indefinite-inner-length": /3080300e0603551d0f.*0000$/,
  "non-minimal-integer": /^3082....a003020102020300010230/,
  "empty-integer": /^3082....a003020102020030/,
  "encoded-default-version": /^3082....a003020100/,
  "unknown-version": /^3082....a003020103/,
  "extensions-without-version": /^3082....0202010230/,
  "extra-field": /0500$/,
  "empty-issuer": /3000301e170d/,
  "empty-rdn": /30023100/,
  "unsorted-rdn": /311430080603550.0b0c016230080603550.030c0161/,
  "bad-utf8": /0c02c328/,
  "bad-printable-string": /1303614062/,
  "time-without-seconds": text("2001010000Z"),
  "time-with-offset": text("200101000000+0000"),
  "time-without-zone": /180e3230/,
  "time-with-fraction": text("20200101000000.5Z"),
  "impossible-time": text("491331000000Z"),
  "unused-key-bits": /03420104/,
  "garbled-key": /0342005a5a/,
}

describe("malform", () => {
  let root: Authority
  let leaf: Issued
  beforeAll(async () => {
    root = await createAuthority({ name: "root" })
    leaf = await root.issue({ name: "leaf", serial: 0x0102 })
  })

  const signatureFits = (der: Uint8Array): boolean => {
    const [tbs, , signature] = children(der)
    const key = createPublicKey({ key: Buffer.from(root.key.spki), format: "der", type: "spki" })
    if (tbs === undefined || signature === undefined) return false
    return verify("sha256", tbs, key, signature.subarray(3))
  }
  const malformed = async (kind: Malformation): Promise<Uint8Array> =>
    (await malform(leaf, kind)).der

  it("starts from a certificate that has none of the faults", () => {
    const tbs = hex(children(leaf.der)[0] ?? new Uint8Array())
    expect(Object.values(BODIES).filter((fault) => fault.test(tbs))).toEqual([])
    expect(signatureFits(leaf.der)).toBe(true)
  })

  it.each(Object.keys(BODIES) as Malformation[])(
    "%s: the body shows it, signed again",
    async (kind) => {
      const der = await malformed(kind)
      expect(hex(children(der)[0] ?? new Uint8Array())).toMatch(BODIES[kind] ?? /never/)
      expect(signatureFits(der)).toBe(true)
    },
  )

  it("re-encodes the envelope around a signature that still fits", async () => {
    const content = hex(leaf.der.subarray(4))
    const size = hex(leaf.der.subarray(2, 4))
    expect(hex(await malformed("trailing-bytes"))).toBe(`${hex(leaf.der)}0500`)
    expect(hex(await malformed("truncated"))).toBe(hex(leaf.der).slice(0, -2))
    expect(hex(await malformed("non-minimal-length"))).toBe(`308300${size}${content}`)
    expect(hex(await malformed("indefinite-length"))).toBe(`3080${content}0000`)
    expect(children(await malformed("fourth-element")).map(hex)).toEqual([
      ...children(leaf.der).map(hex),
      "0500",
    ])
  })

  it("names another algorithm outside than inside", async () => {
    const der = await malformed("other-outer-algorithm")
    expect(hex(children(der)[0] ?? der)).toBe(hex(children(leaf.der)[0] ?? der))
    expect(hex(children(der)[1] ?? der)).toBe("300a06082a8648ce3d040303")
  })

  it("breaks signatures", async () => {
    const signature = async (kind: Malformation): Promise<string> =>
      hex(children(await malformed(kind))[2] ?? new Uint8Array())
    expect(signatureFits(await malformed("wrong-signature"))).toBe(false)
    expect(await signature("empty-signature")).toBe("030100")
    expect(await signature("unused-signature-bits")).toMatch(/^03..01/)
  })

  it("has a fingerprint of its own for every kind", async () => {
    const all = await Promise.all(MALFORMATIONS.map((kind) => malform(leaf, kind)))
    expect(new Set([leaf, ...all].map((one) => one.sha256)).size).toBe(MALFORMATIONS.length + 1)
    expect(all.every((one) => one.key === leaf.key)).toBe(true)
  })
})
