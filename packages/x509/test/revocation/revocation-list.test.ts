import { type Authority, type Crl, createAuthority } from "@countersign/pki"
import fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import { readPemRevocationLists } from "../../src/revocation/pem.ts"
import { readRevocationList } from "../../src/revocation/revocation-list.ts"
import { certificateOf } from "../fixtures/read.ts"

let authority: Authority
let crl: Crl

beforeAll(async () => {
  authority = await createAuthority({ name: "authority" })
  const revoked = [
    { certificate: { serial: Uint8Array.of(1) }, at: Date.UTC(2024), reason: 4 },
    { certificate: { serial: Uint8Array.of(0, 0x80) } },
  ]
  crl = await authority.crl({ thisUpdate: Date.UTC(2025), nextUpdate: Date.UTC(2026), revoked })
})

describe("a revocation list", () => {
  it("is read with its facts", () => {
    const list = readRevocationList(crl.der)
    expect(list).toMatchObject({
      _tag: "RevocationList",
      thisUpdate: Date.UTC(2025),
      nextUpdate: Date.UTC(2026),
      scope: { covers: "all", place: undefined },
      incomplete: undefined,
      foreign: undefined,
      issuer: { key: certificateOf(authority.der).subject.key },
      authorityKeyIdentifier: certificateOf(authority.der).extensions.subjectKeyIdentifier,
    })
    expect(list._tag === "RevocationList" && [...list.entries]).toEqual([
      ["01", { date: Date.UTC(2024), reason: 4 }],
      ["0080", { date: Date.UTC(2025), reason: undefined }],
    ])
  })

  it("is read out of PEM, beside other blocks", () => {
    const text = `${authority.pem}${crl.pem}-----BEGIN X509 CRL-----\n!\n-----END X509 CRL-----\n`
    const { lists, problems } = readPemRevocationLists(text)
    expect(lists.map((der) => Buffer.compare(der, crl.der))).toEqual([0])
    expect(problems).toHaveLength(1)
  })

  it("may be empty, and may be large", async () => {
    const times = { thisUpdate: Date.UTC(2025), nextUpdate: Date.UTC(2026) }
    const empty = readRevocationList((await authority.crl(times)).der)
    expect(empty._tag === "RevocationList" && empty.entries.size).toBe(0)
    const revoked = Array.from({ length: 20_000 }, (_, i) => ({
      certificate: { serial: Uint8Array.of(1, i >> 8, i & 0xff) },
    }))
    const large = readRevocationList((await authority.crl({ ...times, revoked })).der)
    expect(large._tag === "RevocationList" && large.entries.size).toBe(20_000)
  })

  it("stops at its limits", () => {
    expect(readRevocationList(crl.der, { bytes: 100 })).toMatchObject({
      problem: "more than 100 bytes",
    })
    expect(readRevocationList(crl.der, { nodes: 10 })).toMatchObject({
      problem: "more than 10 elements",
    })
  })

  it("is Malformed or a list after any change, and never throws", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(40), fc.uint8Array({ maxLength: 40 }), (at, length, middle) => {
        const start = at % crl.der.length
        const { der } = crl
        const changed = Uint8Array.from([
          ...der.subarray(0, start),
          ...middle,
          ...der.subarray(start + length),
        ])
        expect(["RevocationList", "Malformed"]).toContain(readRevocationList(changed)._tag)
      }),
      { numRuns: 3000 },
    )
  })
})
