import { fingerprint } from "@countersign/engine"
import { describe, expect, it } from "vitest"
import { storedSession } from "../src/index.ts"
import { sessionKeyFacts, withEnrolment } from "../src/stored-session.ts"
import { session } from "./fixture.ts"

const digest = "ab".repeat(32)
const certificate = fingerprint(digest)
const idOf = (orgId: string, key: string) => sessionKeyFacts(orgId, key, "none").id

describe("what the engine learns of a store key", () => {
  it("is one id for every spelling of one record, and another for another", () => {
    expect(idOf("acme", "secret")).toMatch(/^[0-9a-f]{64}$/)
    expect(idOf("acme", "acmesecret")).toBe(idOf("acme", "secret"))
    const ids = [idOf("acme", "secret"), idOf("acme", "other"), idOf("corp", "secret")]
    expect(new Set(ids).size).toBe(3)
  })

  it("is that a key which anybody can compute is no secret, if the session names a certificate", () => {
    const isSecret = (key: string, named: Parameters<typeof sessionKeyFacts>[2]) =>
      sessionKeyFacts("acme", key, named).secret
    expect(isSecret(`acme${digest}`, certificate)).toBe(false)
    expect(isSecret(`acme${digest}`, "unreadable")).toBe(false)
    expect(isSecret(`acme${digest}`, "none")).toBe(true)
    expect(isSecret(`anything${digest}`, certificate)).toBe(false)
    expect(isSecret(`anything${digest}`, "unreadable")).toBe(true)
    expect(isSecret("acmesecret", certificate)).toBe(true)
    expect(isSecret("acmesecret", "unreadable")).toBe(true)
  })
})

describe("a stored session", () => {
  it("says of the certificate that it names whether that is enrolled", () => {
    const stored = storedSession(session("key", { certificate: digest }))
    for (const enrolled of [true, false]) {
      expect(withEnrolment(stored, enrolled)).toStrictEqual({
        ...stored,
        certificate: { sha256: certificate, enrolled },
      })
    }
  })

  it("that names none stays without, whatever is enrolled", () => {
    const stored = storedSession(session("key"))
    expect(withEnrolment(stored, true)).toStrictEqual({ ...stored, certificate: "none" })
  })

  it("that names one which cannot be read never has it enrolled", () => {
    const stored = storedSession(session("key", { certificate: "unreadable" }))
    expect(stored.certificate).toBe("unreadable")
    expect(withEnrolment(stored, true).certificate).toStrictEqual({
      sha256: fingerprint("0".repeat(64)),
      enrolled: false,
    })
  })
})
