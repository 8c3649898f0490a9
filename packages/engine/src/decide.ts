import { judge } from "./judge.ts"
import type { Policy } from "./policy.ts"
import type { Request } from "./request.ts"
import { presentedPeer } from "./rules/leaf.ts"
import { Refusal } from "./rules/refusal.ts"
import type { Deny, Verdict } from "./verdict.ts"

/** The answer to data of the wrong shape. */
export const faultVerdict: Deny = Object.freeze({
  _tag: "Deny",
  reason: "guard.fault",
  detail: undefined,
  status: 500,
  message: "Internal Server Error",
})

/**
 * Decides one request: synchronous, total, no effect. Data of the wrong shape denies with `guard.fault`.
 */
export function decide(policy: Policy, request: Request): Verdict {
  try {
    return verdict(policy, request, judge(policy, request, undefined))
  } catch {
    return faultVerdict
  }
}

/** What the client is told of a judgement. */
export function verdict(
  policy: Policy,
  request: Request,
  judgement: ReturnType<typeof judge>,
): Verdict {
  if (judgement instanceof Refusal) return deny(policy, request, judgement)
  const { session, sessionBy, leafBy } = judgement
  return {
    _tag: "Allow",
    identity: {
      session: session === undefined ? undefined : nameOf(session.id),
      sessionBy,
      leaf: leafBy === undefined ? undefined : nameOf(presentedPeer(request)?.leaf.sha256.hex),
      leafBy,
    },
    obligations: policy.obligations,
  }
}

/** Who is allowed must have a name: an Allow of nobody in particular would be anybody's. */
function nameOf(text: string | undefined): string {
  if (typeof text !== "string" || text === "") throw new TypeError("who is allowed has no name")
  return text
}

function deny(policy: Policy, request: Request, { reason, detail }: Refusal): Deny {
  if (reason === "mtls.cert_not_allowed") return denyStranger(policy, request, reason)
  const { status, message } = policy.responses[reason]
  return { _tag: "Deny", reason, detail, status, message }
}

/** The one denial whose message names the certificate. */
function denyStranger({ stranger }: Policy, request: Request, reason: Deny["reason"]): Deny {
  const { status, before, after } = stranger
  const hex = after === undefined ? "" : (presentedPeer(request)?.leaf.sha256.hex ?? "")
  return { _tag: "Deny", reason, detail: undefined, status, message: before + hex + (after ?? "") }
}
