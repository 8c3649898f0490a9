import { normaliseHost, normaliseServerName } from "@countersign/http"
import { createAuthority } from "@countersign/pki"
import { describe, expect, it } from "vitest"
import { Connection, type ConnectionFacts } from "../src/index.ts"

const authority = await createAuthority({ name: "authority" })
const alice = await authority.issue({ name: "alice" })

function connection(der: Uint8Array): Connection {
  return new Connection({ encrypted: true, serverName: undefined, chain: [der] })
}

describe("a connection", () => {
  it("says when its leaf is valid and tells later connections", () => {
    const known = new Map<string, { notBefore: number; notAfter: number }>()
    const validity = connection(alice.der).validity(known)
    expect(validity?.notBefore).toBeLessThan(validity?.notAfter ?? 0)
    expect([...known]).toEqual([[alice.sha256, validity]])
    expect(connection(alice.der).validity(known)).toBe(validity)
  })

  it("reads no leaf of which it is known when it is valid", () => {
    const validity = { notBefore: 1000, notAfter: 2000 }
    const again = connection(alice.der)
    expect(again.validity(new Map([[alice.sha256, validity]]))).toEqual(validity)
    expect(again.validity(new Map())).toEqual(validity)
  })

  it("remembers nothing of a leaf that cannot be read", () => {
    const known = new Map<string, { notBefore: number; notAfter: number }>()
    expect(connection(Uint8Array.of(48, 0)).validity(known)).toBeUndefined()
    expect(known.size).toBe(0)
  })

  it("names its leaf as each organisation's store does", () => {
    const one = connection(alice.der)
    expect(one.certificateId("acme")).toBe(`acme${alice.sha256}`)
    expect(one.certificateId("other")).toBe(`other${alice.sha256}`)
    expect(one.certificateId("acme")).toBe(`acme${alice.sha256}`)
  })

  it("reads a host once as long as requests name the same", () => {
    const { readHost } = connection(alice.der)
    const first = readHost("a.example")
    expect(readHost("a.example")).toBe(first)
    expect(readHost("b.example")).not.toEqual(first)
  })

  it("reads a host as anybody does, whatever it read before", () => {
    const { readHost } = connection(alice.der)
    for (const text of ["a.example", "a.example", "b.example:8443", "not a host", "a.example"]) {
      expect(readHost(text)).toEqual(normaliseHost(text))
    }
  })

  const facts = { encrypted: true, serverName: undefined, chain: [alice.der] }

  it("has no leaf without TLS, nor without a certificate", () => {
    for (const one of [
      new Connection({ ...facts, encrypted: false }),
      new Connection({ ...facts, chain: [] }),
    ]) {
      expect([one.leaf, one.certificate, one.validity(new Map())]).toEqual([
        undefined,
        undefined,
        undefined,
      ])
      expect(one.certificateId("acme")).toBe("acme")
      expect(one.takeUnreadable()).toBeUndefined()
    }
  })

  it("reads its server name once, and knows that it was not told", () => {
    const named = (serverName: ConnectionFacts["serverName"]) =>
      new Connection({ ...facts, serverName }).serverName
    expect(named(undefined)).toBeUndefined()
    expect(named({ _tag: "unknown" })).toBe("unknown")
    expect(named("A.Example.")).toEqual(normaliseServerName("A.Example."))
  })

  it("names the certificates after its leaf as a set", () => {
    const extras = (...rest: readonly Uint8Array[]) =>
      new Connection({ ...facts, chain: [alice.der, ...rest] }).extras
    const [one, other] = [authority.der, Uint8Array.of(1)]
    expect(extras()).toBe("")
    expect(extras(one)).toBe(authority.sha256)
    expect(extras(one, other, one)).toBe(extras(other, one))
    expect(extras(one, other)).not.toBe(extras(one))
  })

  it("says once why its leaf cannot be read, and only if it was read", () => {
    const one = connection(Uint8Array.of(48, 0))
    expect(one.takeUnreadable()).toBeUndefined()
    one.validity(new Map())
    expect(one.takeUnreadable()).toMatch(/^\S.*, at byte \d+$/)
    expect(one.takeUnreadable()).toBeUndefined()
  })
})
