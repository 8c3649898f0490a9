import {
  type CertificateOptions,
  createAuthority,
  createKey,
  type KeyKind,
  sharedKey,
} from "@countersign/pki"
import { describe, expect, it } from "vitest"
import { isVerified as onNode } from "../../src/node/verify.ts"
import { misfit, type SignatureCheck, signatureCheck } from "../../src/path/signature-check.ts"
import { runtimeSubtle } from "../../src/webcrypto/subtle.ts"
import { isVerified as onWebCrypto, verify } from "../../src/webcrypto/verify.ts"
import { certificateOf } from "../fixtures/read.ts"

const subtle = runtimeSubtle()
const layers: readonly (readonly [
  string,
  (check: SignatureCheck) => boolean | Promise<boolean>,
])[] = [
  ["node:crypto", onNode],
  ["WebCrypto", (check) => subtle !== undefined && onWebCrypto(check, subtle)],
]

const kinds: readonly (readonly [KeyKind, CertificateOptions])[] = [
  ["P-256", {}],
  ["P-256", { signatureHash: "SHA-512" }],
  ["P-384", {}],
  ["P-521", {}],
  ["P-521", { signatureHash: "SHA-256" }],
  ["Ed25519", {}],
  ["Ed448", {}],
  ["RSA-2048", {}],
  ["RSA-2048", { signatureHash: "SHA-384" }],
  ["RSA-2048", { signaturePadding: "PSS" }],
  ["RSA-2048", { signaturePadding: "PSS", signatureHash: "SHA-512" }],
]

async function checkOf(kind: KeyKind, options: CertificateOptions): Promise<SignatureCheck> {
  const authority = await createAuthority({ name: "authority", key: await sharedKey(kind) })
  const leaf = await authority.issue({ name: "leaf", ...options })
  return signatureCheck(certificateOf(leaf.der), certificateOf(authority.der))
}

describe.each(layers)("signatures on %s", (_, isVerified) => {
  it.each(kinds)("%s %o verify, and no longer after a change", async (kind, options) => {
    const check = await checkOf(kind, options)
    expect(misfit(check.algorithm, check.key)).toBeUndefined()
    expect(await isVerified(check)).toBe(true)
    expect(await isVerified({ ...check, signed: check.signed.with(9, 0) })).toBe(false)
    const last = check.signature.length - 1
    const flipped = check.signature.with(last, (check.signature[last] ?? 0) ^ 1)
    expect(await isVerified({ ...check, signature: flipped })).toBe(false)
    for (const signature of [new Uint8Array(), new Uint8Array(700), Uint8Array.of(0x30, 0x80)]) {
      expect(await isVerified({ ...check, signature })).toBe(false)
    }
  })

  it("do not verify under an algorithm that is not accepted, or a key that is none", async () => {
    const check = await checkOf("P-256", {})
    const algorithm = { _tag: "Unsupported", oid: "1.2.3", reason: "test" } as const
    expect(await isVerified({ ...check, algorithm })).toBe(false)
    expect(await isVerified({ ...check, spki: Uint8Array.of(0x30, 0x00) })).toBe(false)
    expect(await isVerified({ ...check, key: { _tag: "Ed25519" }, spki: new Uint8Array() })).toBe(
      false,
    )
  })
})

describe("a signature algorithm", () => {
  it("fits only a key of its kind", async () => {
    const [ec, rsa, edwards] = await Promise.all(
      (["P-256", "RSA-2048", "Ed25519"] as const).map((kind) => checkOf(kind, {})),
    )
    if (ec === undefined || rsa === undefined || edwards === undefined) throw new Error("no key")
    for (const [one, other] of [
      [ec, rsa],
      [rsa, edwards],
      [edwards, ec],
    ] as const) {
      expect(misfit(one.algorithm, other.key)).toBe(
        "signature algorithm does not fit the issuer's key",
      )
    }
  })

  it("of RSASSA-PSS keeps to what the key allows", () => {
    const algorithm = { _tag: "RsaPss", hash: "SHA-256", saltLength: 32 } as const
    const rsa = { _tag: "Rsa", bits: 2048 } as const
    expect(misfit(algorithm, { ...rsa, use: "pss" })).toBeUndefined()
    expect(misfit(algorithm, { ...rsa, use: { hash: "SHA-256", saltLength: 20 } })).toBeUndefined()
    expect(misfit(algorithm, { ...rsa, use: { hash: "SHA-256", saltLength: 64 } })).toBeDefined()
    expect(misfit(algorithm, { ...rsa, use: { hash: "SHA-512", saltLength: 20 } })).toBeDefined()
    expect(misfit({ _tag: "RsaPkcs1", hash: "SHA-256" }, { ...rsa, use: "pss" })).toBeDefined()
  })
})

it("without WebCrypto nothing verifies", async () => {
  const check = await checkOf("P-256", {})
  const one = (function* (): Generator<SignatureCheck, boolean, boolean> {
    return yield check
  })()
  const missing = {
    importKey: () => Promise.reject(new Error("missing")),
    verify: () => Promise.resolve(true),
  }
  expect(await verify(one, missing)).toBe(false)
})

it("a key for RSASSA-PSS alone verifies on both layers", async () => {
  const key = await sharedKey("RSA-2048")
  const authority = await createAuthority({ name: "authority", key, spki: pssLabel(key.spki) })
  const leaf = await authority.issue({
    name: "leaf",
    signaturePadding: "PSS",
    key: await createKey(),
  })
  const check = signatureCheck(certificateOf(leaf.der), certificateOf(authority.der))
  expect(check.key).toEqual({ _tag: "Rsa", bits: 2048, use: "pss" })
  for (const [, isVerified] of layers) expect(await isVerified(check)).toBe(true)
})

/** The same key under the identifier id-RSASSA-PSS without parameters. */
function pssLabel(spki: Uint8Array): Uint8Array {
  const key = spki.subarray(4 + 15)
  const algorithm = [0x30, 0x0b, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a]
  const length = algorithm.length + key.length
  return Uint8Array.from([0x30, 0x82, length >> 8, length & 0xff, ...algorithm, ...key])
}
