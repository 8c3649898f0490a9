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
