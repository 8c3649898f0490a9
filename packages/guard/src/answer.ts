import type { Deny, Reason } from "@countersign/engine"

/** The body of a denial: `{"error": …}`, or a problem document (RFC 9457). */
export type BodyFormat = "json" | "problem+json"

/** What an adapter writes for a denial; it never holds a token, a certificate or a stack. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Puts a denial into HTTP. Every 401 carries a challenge (RFC 9110 §11.6.1, RFC 6750 §3). */
export function answerTo({ reason, status, message }: Deny, format: BodyFormat = "json"): Answer {
  const problem = format === "problem+json"
  const body = problem
    ? JSON.stringify({ type: "about:blank", status, title: message, code: publicCode(reason) })
    : JSON.stringify({ error: message })
  const headers = {
    "content-type": problem ? "application/problem+json" : "application/json",
    "cache-control": "no-store",
  }
  return {
    status,
    headers: status === 401 ? { ...headers, "www-authenticate": "Bearer" } : headers,
    body,
  }
}

/** Reasons that would tell an outsider whether a token or a certificate exists share one code. */
export function publicCode(reason: Reason): string {
  return disallowed.has(reason) ? "auth.disallowed" : reason
}

const disallowed: ReadonlySet<Reason> = new Set([
  "auth.key_not_found",
  "auth.cert_not_found",
  "auth.cert_mismatch",
  "auth.access_denied",
])
