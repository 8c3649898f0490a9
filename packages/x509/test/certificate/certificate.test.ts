import { X509Certificate } from "node:crypto"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { readCertificate } from "../../src/certificate/certificate.ts"
import { allReasons } from "../../src/certificate/extension/distribution-points.ts"
import { extensionIds } from "../../src/certificate/extensions.ts"
import { formatName } from "../../src/certificate/format-name.ts"
import { toHex } from "../../src/hex.ts"
import { authority, client, selfSigned } from "../fixtures/certificates.ts"
import { certificateOf, derOf, hexBytes } from "../fixtures/read.ts"

const all = [selfSigned, authority, client].map(derOf)

describe("certificate facts", () => {
  it("agree with the platform's reading", () => {
    for (const der of all) {
      const certificate = certificateOf(der)
      const other = new X509Certificate(der)
      expect(certificate.serial.replace(/^00/, "")).toBe(other.serialNumber.toLowerCase())
      expect(certificate.validity.notBefore).toBe(Date.parse(other.validFrom))
      expect(certificate.validity.notAfter).toBe(Date.parse(other.validTo))
      expect(certificate.extensions.basicConstraints?.ca ?? false).toBe(other.ca)
      const spki = other.publicKey.export({ type: "spki", format: "der" })
      expect(toHex(certificate.spki)).toBe(spki.toString("hex"))
    }
  })

  it("of what `openssl req -x509` makes: version 3, cA TRUE, RSA 4096", () => {
    const certificate = certificateOf(derOf(selfSigned))
    expect(certificate.version).toBe(3)
    expect(certificate.extensions.basicConstraints).toEqual({ ca: true, pathLength: undefined })
    expect(certificate.key).toEqual({ _tag: "Rsa", bits: 4096, use: "any" })
    expect(certificate.signatureAlgorithm).toEqual({ _tag: "RsaPkcs1", hash: "SHA-256" })
    expect(certificate.issuer.key).toBe(certificate.subject.key)
  })

  it("of a client name every alternative name and usage", () => {
    const { extensions, issuer, subject, key, serial } = certificateOf(derOf(client))
    expect(key).toEqual({ _tag: "Ec", curve: "P-256" })
    expect(serial).toBe("00c0ffee12345678")
    expect(formatName(subject)).toBe(
      "emailAddress=client@example.com,CN=client #1,OU=A+OU=B,O=Exämple\\, Inc.,C=DE",
    )
    expect(issuer.key).toBe(certificateOf(derOf(authority)).subject.key)
    expect(extensions.keyUsage).toEqual(new Set(["digitalSignature"]))
    expect(extensions.extendedKeyUsage).toEqual(new Set(["1.3.6.1.5.5.7.3.2", "1.2.3.4.5"]))
    expect(extensions.policies).toEqual(new Set(["1.2.3.4"]))
    const place = { _tag: "Full", names: [{ _tag: "Uri", text: "http://crl.example.com/ca.crl" }] }
    expect(extensions.crlDistributionPoints).toEqual([
      { place, reasons: allReasons, issuer: undefined },
    ])
    expect(extensions.informationAccess).toBe(true)
    expect(extensions.authorityKeyIdentifier?.keyIdentifier).toBe(
      certificateOf(derOf(authority)).extensions.subjectKeyIdentifier,
    )
    const names = extensions.subjectAltName?.map((name) =>
      "text" in name ? name.text : "octets" in name ? toHex(name.octets) : name._tag,
    )
    expect(names).toEqual([
      "client.example.com",
      "client@example.com",
      "spiffe://example.com/client",
      "c0000207",
      "20010db8000000000000000000000007",
      "Directory",
      "Other",
      "Other",
    ])
    expect(extensions.all.at(-1)).toMatchObject({ oid: "1.2.3.4.99", critical: false })
  })

  it("of an authority hold its constraints", () => {
    const { extensions } = certificateOf(derOf(authority))
    expect(extensions.basicConstraints).toEqual({ ca: true, pathLength: 1 })
    expect(extensions.keyUsage).toEqual(new Set(["keyCertSign", "cRLSign"]))
    expect(extensions.nameConstraints?.permitted).toHaveLength(2)
    expect(extensions.nameConstraints?.excluded).toEqual([
      { base: { _tag: "Ip", octets: hexBytes("0a000000ff000000") }, ranged: false },
    ])
    expect(extensions.policyConstraints).toEqual({
      requireExplicitPolicy: 3,
      inhibitPolicyMapping: 0,
    })
    expect(extensions.inhibitAnyPolicy).toBe(2)
    expect(extensions.policyMappings).toEqual([
      { issuerDomain: "1.2.3.4", subjectDomain: "1.2.3.5" },
    ])
    const critical = extensions.all.filter((extension) => extension.critical)
    expect(critical.map(({ oid }) => oid)).toContain(extensionIds.nameConstraints)
  })

  it("do not change when the caller's buffer does", () => {
    const der = derOf(client).slice()
    const certificate = certificateOf(der)
    const before = toHex(certificate.tbs)
    der.fill(0)
    expect(toHex(certificate.tbs)).toBe(before)
  })
})

describe("readCertificate", () => {
  it("refuses what is longer than its budget without copying it", () => {
    const result = readCertificate(new Uint8Array(10_000_000))
    expect(result).toEqual({ _tag: "Malformed", at: 0, problem: "more than 65536 bytes" })
  })

  it("refuses trailing bytes, non-minimal and indefinite outer lengths", () => {
    const der = derOf(client)
    const body = der.subarray(4)
    const looser = [0x30, 0x83, 0x00, body.length >> 8, body.length & 0xff]
    expect(readCertificate(Uint8Array.from([...der, 0]))._tag).toBe("Malformed")
    expect(readCertificate(Uint8Array.from([...looser, ...body]))._tag).toBe("Malformed")
    expect(readCertificate(Uint8Array.from([0x30, 0x80, ...body, 0, 0]))._tag).toBe("Malformed")
  })

  it("refuses every prefix of a certificate", () => {
    for (const der of all) {
      for (let length = 0; length < der.length; length += 1) {
        expect(readCertificate(der.subarray(0, length))._tag).toBe("Malformed")
      }
    }
  })

  it("answers every change of a single byte with Malformed or with a certificate of those bytes", () => {
    const wrong = all.flatMap(singleChanges).filter((changed) => {
      const result = readCertificate(changed)
      if (result._tag === "Malformed") return result.at > changed.length
      return Buffer.compare(result.der, changed) !== 0
    })
    expect(wrong).toEqual([])
  })

  it("never throws on arbitrary bytes, nor on arbitrary splices of real ones", () => {
    const splice = fc
      .tuple(fc.constantFrom(...all), fc.nat(), fc.nat(40), fc.uint8Array({ maxLength: 40 }))
      .map(([der, at, length, middle]) => {
        const start = at % der.length
        return Uint8Array.from([
          ...der.subarray(0, start),
          ...middle,
          ...der.subarray(start + length),
        ])
      })
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), splice), (bytes) => {
        expect(["Certificate", "Malformed"]).toContain(readCertificate(bytes)._tag)
      }),
      { numRuns: 5000 },
    )
  })
})

function singleChanges(der: Uint8Array): Uint8Array[] {
  const places = Array.from(der.keys())
  return [0x01, 0x80, 0xff].flatMap((flip) =>
    places.map((place) => der.map((octet, at) => (at === place ? octet ^ flip : octet))),
  )
}
