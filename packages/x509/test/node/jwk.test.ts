import { createPublicKey } from "node:crypto"
import { createAuthority, createKey, type KeyKind } from "@countersign/pki"
import { describe, expect, it } from "vitest"
import { readCertificate } from "../../src/index.ts"
import { jwkOf } from "../../src/node/jwk.ts"

async function keyOf(kind: KeyKind) {
  const { der } = await createAuthority({ name: kind, key: kind })
  const certificate = readCertificate(der)
  if (certificate._tag === "Malformed") throw new Error(certificate.problem)
  return certificate
}

describe("a key as JWK", () => {
  const kinds: readonly KeyKind[] = ["P-256", "P-384", "P-521", "RSA-2048", "Ed25519", "Ed448"]

  it.each(kinds)("is the key that its DER is: %s", async (kind) => {
    const { spki, key } = await keyOf(kind)
    const jwk = jwkOf(spki, key)
    if (jwk === undefined) throw new Error("it has a JWK")
    const imported = createPublicKey({ key: jwk, format: "jwk" })
    const decoded = createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" })
    expect(imported.equals(decoded)).toBe(true)
  })

  it("is not said of keys that JWK would say less about", async () => {
    const { spki } = await createKey("RSA-2048")
    expect(jwkOf(spki, { _tag: "Rsa", bits: 2048, use: "pss" })).toBeUndefined()
    expect(jwkOf(spki, { _tag: "Unusable", oid: "1.2", reason: "" })).toBeUndefined()
  })

  it("is not said of a compressed point", async () => {
    const { spki } = await createKey("P-256")
    const odd = ((spki.at(-1) ?? 0) & 1) === 1
    const algorithm = spki.slice(2, 23)
    const compressed = [0x03, 34, 0, odd ? 3 : 2, ...spki.slice(-64, -32)]
    const shorter = Uint8Array.from([0x30, 57, ...algorithm, ...compressed])
    expect(
      createPublicKey({ key: Buffer.from(shorter), format: "der", type: "spki" }),
    ).toBeDefined()
    expect(jwkOf(shorter, { _tag: "Ec", curve: "P-256" })).toBeUndefined()
  })
})
