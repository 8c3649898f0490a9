import { describe, expect, it } from "vitest"
import { type Reason, type ResponsesInput, reasons, responses } from "../src/index.ts"

const disallowed = "Access to this API has been disallowed"

/** The catalogue, written a second time. */
const published: Readonly<Record<Reason, readonly [number, string]>> = {
  "auth.auth_field_missing": [401, "Authorization field missing"],
  "auth.key_not_found": [403, disallowed],
  "auth.cert_not_found": [403, disallowed],
  "auth.access_denied": [403, disallowed],
  "auth.cert_required": [403, "Client certificate required for this API."],
  "auth.cert_mismatch": [403, disallowed],
  "auth.cert_expired": [403, "Certificate has expired"],
  "auth.cert_not_yet_valid": [403, "Certificate is not yet valid"],
  "auth.token_invalid": [401, "Key not authorized"],
  "auth.key_inactive": [403, "Key is inactive, please renew"],
  "auth.key_expired": [401, "Key has expired, please renew"],
  "mtls.tls_required": [403, "TLS not enabled"],
  "mtls.cert_required": [403, "Client TLS certificate is required"],
  "mtls.cert_not_allowed": [403, "Certificate with SHA256 <sha256> not allowed"],
  "mtls.cert_revoked": [403, "Certificate has been revoked"],
  "mtls.revocation_unknown": [403, "Certificate status is unknown"],
  "mtls.misdirected": [421, "Misdirected Request"],
  "guard.no_policy": [404, "Not Found"],
  "guard.bad_request": [400, "Bad Request"],
  "guard.unavailable": [503, "Service Unavailable"],
  "guard.fault": [500, "Internal Server Error"],
}

const tyk: typeof published = {
  ...published,
  "auth.cert_required": [401, "Client certificate required"],
  "auth.cert_mismatch": [401, disallowed],
}

function flat(input?: ResponsesInput): object {
  const all = Object.entries(responses(input))
  return Object.fromEntries(all.map(([reason, { status, message }]) => [reason, [status, message]]))
}

describe("the catalogue", () => {
  it("is closed", () => {
    expect(reasons).toEqual(Object.keys(published))
  })

  it("has the published answers by default", () => {
    expect(flat()).toEqual(published)
    expect(flat({})).toEqual(published)
    expect(flat({ preset: "default" })).toEqual(published)
  })

  it("has the answers of the gateway in its preset", () => {
    expect(flat({ preset: "tyk-5.12" })).toEqual(tyk)
  })

  it.each(reasons)("never answers %s with a status that reads as Allow", (reason) => {
    for (const preset of ["default", "tyk-5.12"] as const) {
      const { status } = responses({ preset })[reason]
      expect(status).toBeGreaterThanOrEqual(400)
      expect(status).toBeLessThanOrEqual(599)
    }
  })
})

describe("an override", () => {
  it.each(reasons)("of %s changes its answer and no other", (reason) => {
    const override = { [reason]: { status: 499, message: "other" } }
    expect(flat({ preset: "tyk-5.12", override })).toEqual({ ...tyk, [reason]: [499, "other"] })
  })

  it("may change the status or the message alone", () => {
    const override = { "guard.no_policy": { status: 410 }, "auth.key_expired": { message: "late" } }
    expect(flat({ override })).toEqual({
      ...published,
      "guard.no_policy": [410, "Not Found"],
      "auth.key_expired": [401, "late"],
    })
  })

  it("does not reach the preset that it overrides", () => {
    responses({ override: { "guard.fault": { status: 599, message: "changed" } } })
    expect(flat()).toEqual(published)
  })

  it.each([400, 599])("may have the status %d", (status) => {
    const made = responses({ override: { "guard.fault": { status } } })
    expect(made["guard.fault"].status).toBe(status)
  })

  it.each([399, 600, 200, 302, 0, 403.5, Number.NaN, "403", null])(
    "may not have the status %j",
    (status) => {
      const input = { override: { "guard.fault": { status } } } as ResponsesInput
      expect(() => responses(input)).toThrow(
        new TypeError("responses.override: `guard.fault` needs a status from 400 to 599"),
      )
    },
  )

  it.each([7, null, {}])("may not have a message that is no text: %j", (message) => {
    const input = { override: { "guard.fault": { message } } } as ResponsesInput
    expect(() => responses(input)).toThrow(
      new TypeError("responses.override: `guard.fault` needs a text as its message"),
    )
  })

  it.each(["auth.unknown", "toString", "__proto__x"])("must name a reason: %s", (reason) => {
    const input = { override: { [reason]: { status: 403 } } } as ResponsesInput
    expect(() => responses(input)).toThrow(
      new TypeError(`responses.override: \`${reason}\` is not a reason`),
    )
  })

  it.each(["nginx", "", "constructor", "toString"])("must be of a known preset: %j", (preset) => {
    expect(() => responses({ preset } as ResponsesInput)).toThrow(
      new TypeError("responses.preset must be one of: default, tyk-5.12"),
    )
  })
})
