import { X509Certificate } from "node:crypto"
import {
  type Authority,
  createAuthority,
  type Issued,
  nameConstraints,
  policyConstraints,
} from "@countersign/pki"
import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readCertificate } from "../src/certificate/certificate.ts"
import { toHex } from "../src/hex.ts"
import { authority, client, selfSigned } from "./fixtures/certificates.ts"
import { prove } from "./fixtures/prove.ts"
import { derOf } from "./fixtures/read.ts"

/** `npm run fuzz` sets it; a plain run stays within a second or two. */
const numRuns = Number(process.env["FUZZ_RUNS"] ?? 1500)
const timeout = 600_000

let root: Authority
let intermediate: Authority
let leaf: Issued
let slowest = 0

beforeAll(async () => {
  root = await createAuthority({ name: "root" })
  const extensions = [
    nameConstraints({ permitted: ["ok.test", { email: "ok.test" }, { uri: ".ok.test" }] }),
    policyConstraints({ inhibitPolicyMapping: 3 }),
  ]
  intermediate = await root.issueAuthority({ name: "intermediate", extensions })
  leaf = await intermediate.issue({
    name: "leaf",
    san: ["a.ok.test", { email: "a@ok.test" }, { uri: "https://a.ok.test/" }],
  })
})

afterAll(() => {
  console.info(`slowest fuzz case: ${slowest.toFixed(1)} ms`)
})

describe("a certificate changed at random", { timeout }, () => {
  it("is read as the platform reads it, or is refused", () => {
    const originals = [client, authority, selfSigned].map(derOf)
    fc.assert(
      fc.property(fc.constantFrom(...originals).chain(changed), (der) => {
        const began = performance.now()
        const result = readCertificate(der)
        slowest = Math.max(slowest, performance.now() - began)
        if (result._tag === "Malformed") return
        const platform = new X509Certificate(der)
        expect(toHex(result.der)).toBe(platform.raw.toString("hex"))
        if (!isNegative(result.serial)) {
          expect(BigInt(`0x${result.serial}`)).toBe(BigInt(`0x${platform.serialNumber}`))
        }
        expect(result.validity.notBefore).toBe(Date.parse(platform.validFrom))
        expect(result.validity.notAfter).toBe(Date.parse(platform.validTo))
        if (platform.ca) expect(result.extensions.basicConstraints?.ca).toBe(true)
      }),
      { numRuns },
    )
  })

  it("proves nothing as a leaf", () => {
    fc.assert(
      fc.property(changed(leaf.der), (der) => {
        const began = performance.now()
        const { paths } = prove({ leaf: { der }, extras: [intermediate], anchors: [root] })
        slowest = Math.max(slowest, performance.now() - began)
        expect(paths.length).toBe(Buffer.compare(der, leaf.der) === 0 ? 1 : 0)
      }),
      { numRuns },
    )
  })

  it("proves nothing as an intermediate", () => {
    fc.assert(
      fc.property(changed(intermediate.der), (der) => {
        const { paths } = prove({ leaf, extras: [{ der }], anchors: [root] })
        expect(paths.length).toBe(Buffer.compare(der, intermediate.der) === 0 ? 1 : 0)
      }),
      { numRuns },
    )
  })
})

function isNegative(serial: string): boolean {
  return Number.parseInt(serial.slice(0, 1), 16) >= 8
}

/** Changes octets, or the structure: an element is left out, doubled, emptied or exchanged, lengths mended. */
function changed(der: Uint8Array): fc.Arbitrary<Uint8Array> {
  const octets = fc
    .array(fc.tuple(fc.nat(der.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 })
    .map((changes) => changes.reduce((bytes, [at, value]) => bytes.with(at, value), der))
  const elements = elementsOf(der, 0, der.length)
  const structure = fc
    .tuple(fc.constantFrom(...elements), fc.constantFrom(...elements), fc.nat(3))
    .map(([place, other, kind]) => {
      const own = der.subarray(place.from, place.to)
      const foreign = der.subarray(other.from, other.to)
      const replacements = [[], [own, own], [Uint8Array.of(own[0] ?? 0, 0)], [foreign]]
      return replaced(der, place, Buffer.concat(replacements[kind] ?? []))
    })
  return fc.oneof(octets, structure)
}

interface Place {
  readonly from: number
  readonly body: number
  readonly to: number
  readonly above: readonly Place[]
}

function elementsOf(
  der: Uint8Array,
  from: number,
  to: number,
  above: readonly Place[] = [],
): Place[] {
  const places: Place[] = []
  for (let at = from; at < to; ) {
    const body = at + headerLength(der, at)
    const place = { from: at, body, to: body + contentLength(der, at), above }
    places.push(place)
    const isConstructed = ((der[at] ?? 0) & 0x20) !== 0
    if (isConstructed) places.push(...elementsOf(der, body, place.to, [place, ...above]))
    at = place.to
  }
  return places
}

function headerLength(der: Uint8Array, at: number): number {
  const first = der[at + 1] ?? 0
  return first < 0x80 ? 2 : 2 + (first & 0x7f)
}

function contentLength(der: Uint8Array, at: number): number {
  const header = headerLength(der, at)
  if (header === 2) return der[at + 1] ?? 0
  return der.subarray(at + 2, at + header).reduce((length, octet) => length * 256 + octet, 0)
}

/** Puts `replacement` in the place, and right lengths on everything around it. */
function replaced(der: Uint8Array, place: Place, replacement: Uint8Array): Uint8Array {
  let inner = Buffer.from(replacement)
  let { from, to } = place
  for (const outer of place.above) {
    const body = Buffer.concat([der.subarray(outer.body, from), inner, der.subarray(to, outer.to)])
    inner = Buffer.concat([Uint8Array.of(der[outer.from] ?? 0), lengthOf(body.length), body])
    from = outer.from
    to = outer.to
  }
  return new Uint8Array(Buffer.concat([der.subarray(0, from), inner, der.subarray(to)]))
}

function lengthOf(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  if (length < 0x100) return Uint8Array.of(0x81, length)
  return Uint8Array.of(0x82, length >> 8, length & 0xff)
}
