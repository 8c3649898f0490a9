import { type Deny, type Reason, reasons, responses } from "@countersign/engine"
import { describe, expect, it } from "vitest"
import { answerTo } from "../src/index.ts"

const denial = (reason: Reason): Deny => ({
  _tag: "Deny",
  reason,
  detail: "no_session",
  ...responses()[reason],
})

describe("answerTo", () => {
  const unknown = denial("auth.key_not_found")
  const json = { "content-type": "application/json", "cache-control": "no-store" }

  it("writes the message as JSON, and nothing else", () => {
    expect(answerTo(unknown)).toStrictEqual({
      status: 403,
      headers: json,
      body: '{"error":"Access to this API has been disallowed"}',
    })
    expect(answerTo(unknown, "json")).toStrictEqual(answerTo(unknown))
  })

  it("writes a problem document with the public code", () => {
    const { headers, body } = answerTo(unknown, "problem+json")
    expect(headers).toStrictEqual({ ...json, "content-type": "application/problem+json" })
    expect(JSON.parse(body)).toStrictEqual({
      type: "about:blank",
      status: 403,
      title: "Access to this API has been disallowed",
      code: "auth.disallowed",
    })
  })

  it("names a reason that tells nothing of a stranger's key as it is", () => {
    const { body, headers } = answerTo(denial("auth.key_expired"), "problem+json")
    expect(JSON.parse(body)).toMatchObject({ status: 401, code: "auth.key_expired" })
    expect(headers["www-authenticate"]).toBe("Bearer")
  })

  it("answers unknown, foreign, computed and mismatched credentials alike", () => {
    const alike: readonly Reason[] = [
      "auth.key_not_found",
      "auth.cert_not_found",
      "auth.cert_mismatch",
      "auth.access_denied",
    ]
    for (const format of ["json", "problem+json"] as const) {
      expect(
        new Set(alike.map((reason) => JSON.stringify(answerTo(denial(reason), format)))).size,
      ).toBe(1)
    }
  })

  it.each(reasons)("never tells the detail: %s", (reason) => {
    for (const format of ["json", "problem+json"] as const) {
      const { status, body, headers } = answerTo(denial(reason), format)
      expect(status).toBe(responses()[reason].status)
      expect(JSON.parse(body)).toBeTypeOf("object")
      expect(body).not.toContain("no_session")
      expect(headers["www-authenticate"] !== undefined).toBe(status === 401)
    }
  })
})
