import { normaliseHost } from "@countersign/http"
import { createAuthority } from "@countersign/pki"
import { describe, expect, it } from "vitest"
import { Connection } from "../src/index.ts"

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

  it("reads a host as anybody does, whatever it read before", () => {
    const { readHost } = connection(alice.der)
    for (const text of ["a.example", "a.example", "b.example:8443", "not a host", "a.example"]) {
      expect(readHost(text)).toEqual(normaliseHost(text))
    }
  })
})
