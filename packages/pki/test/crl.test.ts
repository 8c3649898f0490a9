import * as pkijs from "pkijs"
import { describe, expect, it } from "vitest"
import { type Crl, createAuthority, unknownExtension } from "../src/index.ts"

const thisUpdate = Date.UTC(2030, 0, 1)
const nextUpdate = Date.UTC(2030, 1, 1)
const parse = (crl: Crl): pkijs.CertificateRevocationList =>
  pkijs.CertificateRevocationList.fromBER(new Uint8Array(crl.der).buffer)
const parseCertificate = (der: Uint8Array): pkijs.Certificate =>
  pkijs.Certificate.fromBER(new Uint8Array(der).buffer)

describe("crl", () => {
  it("lists what is revoked and verifies under the authority alone", async () => {
    const [root, other] = await Promise.all([
      createAuthority({ name: "root" }),
      createAuthority({ name: "root" }),
    ])
    const revoked = await root.issue({ name: "revoked" })
    const good = await root.issue({ name: "good" })
    const crl = parse(
      await root.crl({
        number: 7,
        thisUpdate,
        nextUpdate,
        revoked: [{ certificate: revoked, at: Date.UTC(2029, 0, 1), reason: 1 }],
      }),
    )
    expect(crl.thisUpdate.value.getTime()).toBe(thisUpdate)
    expect(crl.nextUpdate?.value.getTime()).toBe(nextUpdate)
    expect(crl.isCertificateRevoked(parseCertificate(revoked.der))).toBe(true)
    expect(crl.isCertificateRevoked(parseCertificate(good.der))).toBe(false)
    expect(crl.crlExtensions?.extensions.map((extension) => extension.extnID)).toEqual([
      "2.5.29.35",
      "2.5.29.20",
    ])
    const verify = (der: Uint8Array): Promise<boolean> =>
      crl.verify({ issuerCertificate: parseCertificate(der) })
    expect(await verify(root.der)).toBe(true)
    expect(await verify(other.der)).toBe(false)
  })

  it("can be wrong: no number, no next update, unknown extension, forged, of another name", async () => {
    const root = await createAuthority({ name: "root" })
    const other = await createAuthority({ name: "other" })
    const bare = parse(await root.crl({ thisUpdate, omit: ["crlNumber"], issuer: "other" }))
    expect(bare.nextUpdate).toBeUndefined()
    expect(bare.crlExtensions?.extensions.map((extension) => extension.extnID)).toEqual([
      "2.5.29.35",
    ])
    expect(bare.issuer.typesAndValues[0]?.value.valueBlock.value).toBe("other")
    const unknown = parse(await root.crl({ thisUpdate, extensions: [unknownExtension()] }))
    expect(unknown.crlExtensions?.extensions.at(-1)?.critical).toBe(true)
    const forged = parse(await root.crl({ thisUpdate, nextUpdate, signWith: other.key }))
    expect(await forged.verify({ issuerCertificate: parseCertificate(root.der) })).toBe(false)
    const old = parse(await root.crl({ thisUpdate, nextUpdate, version: 1 }))
    expect(old.version).toBe(0)
    expect(old.crlExtensions).toBeUndefined()
  })
})
