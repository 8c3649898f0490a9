import { describe, expect, it } from "vitest"
import { fingerprint, type SessionInput, session } from "../src/index.ts"
import { alice, bob } from "./support/given.ts"

const input: SessionInput = {
  id: "s1",
  orgId: "acme",
  active: true,
  expiresAt: 1000,
  apis: ["orders"],
  certificate: { sha256: alice, enrolled: false },
  bindings: [alice, bob],
  secret: true,
}

function made(parts: object): ReturnType<typeof session> {
  return session({ ...input, ...parts } as SessionInput)
}

describe("a session", () => {
  it("holds what its record says", () => {
    expect(made({})).toEqual({
      id: "s1",
      orgId: "acme",
      active: true,
      expiresAt: 1000,
      apis: new Set(["orders"]),
      certificate: { sha256: fingerprint(alice), enrolled: false },
      bindings: [fingerprint(alice), fingerprint(bob)],
      secret: true,
    })
  })

  it("tells an open record from an empty one", () => {
    const open = { expiresAt: "never", apis: "all", certificate: "none", bindings: "none" }
    expect(made(open)).toMatchObject(open)
    expect(made({ apis: [], bindings: [] })).toMatchObject({ apis: new Set(), bindings: [] })
  })
})

describe("a session that cannot be read is a TypeError:", () => {
  const rows: readonly (readonly [string, object, string | RegExp])[] = [
    ["an empty id", { id: "" }, "session.id must not be empty"],
    ["no id", { id: undefined }, "session.id must be a string"],
    ["an id of another type", { id: 1 }, "session.id must be a string"],
    ["no organisation", { orgId: undefined }, "session.orgId must be a string"],
    ["an organisation of another type", { orgId: null }, "session.orgId must be a string"],
    ["no activity", { active: undefined }, "session.active must be a boolean"],
    ["activity as text", { active: "true" }, "session.active must be a boolean"],
    ["no secrecy", { secret: undefined }, "session.secret must be a boolean"],
    ["secrecy as a number", { secret: 1 }, "session.secret must be a boolean"],
    [
      "no expiry",
      { expiresAt: undefined },
      'session.expiresAt must be "never" or epoch milliseconds',
    ],
    [
      "an expiry that is null",
      { expiresAt: null },
      'session.expiresAt must be "never" or epoch milliseconds',
    ],
    [
      "an expiry as text",
      { expiresAt: "1000" },
      'session.expiresAt must be "never" or epoch milliseconds',
    ],
    [
      "an expiry that is no number",
      { expiresAt: Number.NaN },
      'session.expiresAt must be "never" or epoch milliseconds',
    ],
    [
      "an endless expiry",
      { expiresAt: Number.POSITIVE_INFINITY },
      'session.expiresAt must be "never" or epoch milliseconds',
    ],
    ["no rights", { apis: undefined }, 'session.apis must be a list or "all"'],
    ["rights as text", { apis: "orders" }, 'session.apis must be a list or "all"'],
    ["rights of another type", { apis: ["orders", 1] }, "session.apis[1] must be a string"],
    ["no bindings", { bindings: undefined }, 'session.bindings must be a list or "none"'],
    ["bindings as text", { bindings: alice }, 'session.bindings must be a list or "none"'],
    ["bindings of another type", { bindings: [alice, null] }, "must be a string"],
    ["a binding that is no fingerprint", { bindings: ["aa"] }, "session.bindings[0] must be 64"],
    ["no certificate", { certificate: undefined }, 'session.certificate must be "none" or'],
    ["a certificate that is null", { certificate: null }, 'session.certificate must be "none" or'],
    ["a certificate as text", { certificate: alice }, 'session.certificate must be "none" or'],
    [
      "a certificate without enrolment",
      { certificate: { sha256: alice } },
      "session.certificate.enrolled must be a boolean",
    ],
    [
      "a certificate that is no fingerprint",
      { certificate: { sha256: "", enrolled: true } },
      "session.certificate.sha256 must be 64 hexadecimal digits",
    ],
  ]
  it.each(rows)("%s", (_, parts, message) => {
    expect(() => made(parts)).toThrow(TypeError)
    expect(() => made(parts)).toThrow(message)
  })

  it.each([undefined, null, "session"])("no record at all: %s", (value) => {
    // @ts-expect-error: hosts without types may pass anything
    expect(() => session(value)).toThrow(new TypeError("session must be an object"))
  })
})
