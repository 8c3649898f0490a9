import { malform } from "@countersign/pki"
import { expect, it } from "vitest"
import { type CertificateEntry, readEntry } from "../../src/certificates/entry.ts"
import type { Problem } from "../../src/problem.ts"
import { certificates } from "../certificates.ts"

const { alice, openssl, member, authority } = certificates

function read(text: string): { entry: CertificateEntry | undefined; codes: readonly string[] } {
  const problems: Problem[] = []
  const entry = readEntry(text, { file: "f", place: "$" }, (found) => problems.push(found))
  return { entry, codes: problems.map(({ code }) => code) }
}

it("is the first certificate of the text; the others are material for paths", () => {
  const { entry, codes } = read(member.chainPem(authority))
  expect(codes).toEqual([])
  expect(entry).toMatchObject({ sha256: member.sha256, isAuthority: false })
  expect(entry?.others.length).toBe(1)
})

it("knows an authority, such as `openssl req -x509` makes", () => {
  expect(read(openssl.pem).entry).toMatchObject({ sha256: openssl.sha256, isAuthority: true })
})

it("may have lost its line breaks", () => {
  const collapsed = alice.pem.trim().replaceAll("\n", " ")
  expect(read(collapsed).entry?.sha256).toBe(alice.sha256)
})

it("ignores a private key beside it and says so", () => {
  for (const text of [alice.privateKeyPem + alice.pem, alice.pem + alice.privateKeyPem]) {
    const { entry, codes } = read(text)
    expect(entry?.sha256).toBe(alice.sha256)
    expect(codes).toEqual(["certificate.private_key"])
    const body = alice.privateKeyPem.split("\n")[1]
    expect(JSON.stringify(entry)).not.toContain(body)
  }
})

it("is refused without a certificate, and where any block is broken", async () => {
  const publicKey = alice.pem.replaceAll("CERTIFICATE", "PUBLIC KEY")
  expect(read("").codes).toEqual(["certificate.unreadable"])
  expect(read(publicKey).codes).toEqual(["certificate.public_key"])
  expect(read(alice.pem + publicKey).codes).toEqual(["certificate.public_key"])
  expect(read(alice.privateKeyPem).codes).toEqual(["certificate.only_private_key"])
  expect(read(alice.pem + alice.pem.slice(0, 200)).codes).toEqual(["certificate.unreadable"])
  const broken = await malform(member, "trailing-bytes")
  expect(read(broken.pem).codes).toEqual(["certificate.unreadable"])
  expect(read(alice.pem + broken.pem).codes).toEqual(["certificate.unreadable"])
})
