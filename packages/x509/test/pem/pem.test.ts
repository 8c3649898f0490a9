import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { toHex } from "../../src/hex.ts"
import { readPem } from "../../src/pem/pem.ts"
import { authority, client, selfSigned } from "../fixtures/certificates.ts"
import { derOf } from "../fixtures/read.ts"

const key = "-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5\n-----END PRIVATE KEY-----\n"
const fromPlatform = Buffer.from(client.replace(/-----[^-]+-----|\s/g, ""), "base64").toString(
  "hex",
)

describe("PEM", () => {
  it("reads one certificate as the platform does", () => {
    expect(toHex(derOf(client))).toBe(fromPlatform)
  })

  it.each([
    ["line breaks of the other kind", client.replaceAll("\n", "\r\n")],
    ["line breaks that became spaces", client.replaceAll("\n", " ")],
    ["line breaks that became backslash and n", client.replaceAll("\n", "\\n")],
    ["text before and after", `subject=client\n${client}\nissuer=ca\n`],
    ["one long line", client.replace(/([A-Za-z0-9+/=])\n(?=[A-Za-z0-9+/=])/g, "$1")],
    ["a key beside it", key + client],
    ["dashes before it", `-----BEGIN ${"x".repeat(100)}\n----------${client}`],
  ])("reads a certificate with %s", (_, text) => {
    expect(readPem(text).certificates.map(toHex)).toEqual([fromPlatform])
  })

  it("reads a chain in order and counts what it ignores", () => {
    const crl = "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n"
    const publicKey = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"
    const rsaKey = key.replaceAll("PRIVATE", "RSA PRIVATE")
    const result = readPem(client + key + authority + publicKey + crl + selfSigned + rsaKey)
    expect(result.certificates.map(toHex)).toEqual(
      [client, authority, selfSigned].map((pem) => toHex(derOf(pem))),
    )
    expect(result.ignored).toEqual({ privateKeys: 2, publicKeys: 1, other: ["X509 CRL"] })
    expect(result.problems).toEqual([])
  })

  it("keeps nothing of a private key, closed or not", () => {
    for (const text of [key, key.replace(/-----END.*/, "")]) {
      const result = readPem(text)
      expect(result.ignored.privateKeys).toBe(1)
      expect(JSON.stringify(result)).not.toContain("bm90")
    }
  })

  it.each([
    ["a block without end", "\n-----BEGIN CERTIFICATE-----\nAAAA\n", 2, "has no end"],
    ["another end", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END X509 CRL-----", 1, "has no end"],
    [
      "a foreign character",
      "-----BEGIN CERTIFICATE-----\nAA!A\n-----END CERTIFICATE-----",
      1,
      "base64",
    ],
    ["missing padding", "-----BEGIN CERTIFICATE-----\nAAA\n-----END CERTIFICATE-----", 1, "base64"],
    [
      "too much padding",
      "-----BEGIN CERTIFICATE-----\nAA===\n-----END CERTIFICATE-----",
      1,
      "base64",
    ],
    ["bits left over", "-----BEGIN CERTIFICATE-----\nAAB=\n-----END CERTIFICATE-----", 1, "base64"],
    [
      "padding in the middle",
      "-----BEGIN CERTIFICATE-----\nAA==AAAA\n-----END CERTIFICATE-----",
      1,
      "base64",
    ],
    ["nothing", "-----BEGIN CERTIFICATE-----\n\n-----END CERTIFICATE-----", 1, "base64"],
  ])("reports %s with its line", (_, text, line, problem) => {
    const result = readPem(text)
    expect(result.certificates).toEqual([])
    expect(result.problems).toMatchObject([{ line, problem: expect.stringContaining(problem) }])
  })

  it("still reads the blocks after a broken one", () => {
    const result = readPem(`-----BEGIN CERTIFICATE-----\nAAAA\n${client}`)
    expect(result.certificates).toHaveLength(1)
    expect(result.problems).toHaveLength(1)
  })

  it("stops at its limits", () => {
    expect(readPem(client, { characters: 10 }).problems).toMatchObject([
      { problem: "more than 10 characters" },
    ])
    const many = readPem(client + client + client, { blocks: 2 })
    expect(many.certificates).toHaveLength(2)
    expect(many.problems).toMatchObject([{ problem: "more than 2 blocks" }])
    expect(readPem(client, { bytes: 100 }).problems).toHaveLength(1)
  })

  it("is linear in texts made of markers", () => {
    for (const piece of ["-----BEGIN ", "-----BEGIN CERTIFICATE-----", "-----END ", "-", "\\n"]) {
      const result = readPem(piece.repeat(Math.floor(2_000_000 / piece.length)))
      expect(result.certificates).toEqual([])
    }
  })

  it("never throws", () => {
    const piece = fc.constantFrom(
      "-----BEGIN ",
      "-----END ",
      "CERTIFICATE",
      "-----",
      "\n",
      "AAAA",
      "=",
      " ",
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 20 }), (pieces) => {
        expect(readPem(pieces.join("")).problems.length).toBeLessThanOrEqual(20)
      }),
      { numRuns: 1000 },
    )
  })
})
