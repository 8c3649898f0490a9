import { defaultAnswers, judge, NOT_ASKED, traced, tykAnswers, verdictOf } from "../model/index.ts"
import type { CaseRequest, DecisionCase } from "./decision-case.ts"
import { stateOfCase } from "./state-of-case.ts"
import type { Allowed, Refused } from "./vector.ts"

/** What the reference model expects of a case. */
export function modelDecision(one: DecisionCase): Allowed | Refused {
  const trace = new Uint8Array(traced.length).fill(NOT_ASKED)
  const verdict = verdictOf(judge(stateOfCase(one), trace))
  if (verdict === undefined)
    throw new RangeError("the model answered with a code that means nothing")
  if (verdict._tag === "Deny") {
    const { reason } = verdict
    const status = {
      default: defaultAnswers[reason].status,
      "tyk-5.12": tykAnswers[reason].status,
    }
    return { deny: { reason, status } }
  }
  const { policy, request } = one
  const { session, leafRule } = verdict
  return {
    allow: {
      session: sessionIdOf(session, request),
      sessionBy: session,
      leaf: leafRule === "none" ? "none" : leafOf(request),
      leafBy: leafRule,
      obligations: policy.stripAuthorizationData ? ["strip_authorization_data"] : [],
    },
  }
}

function sessionIdOf(
  source: Allowed["allow"]["sessionBy"],
  { credentials, holder }: CaseRequest,
): string {
  if (source === "none") return "none"
  const carriers = { token: credentials.authToken, certificate: holder, jwt: credentials.jwt }
  const carrier = carriers[source]
  const session = typeof carrier === "string" ? "none" : carrier.session
  return session === "none" ? "none" : session.id
}

function leafOf({ connection }: CaseRequest): string {
  return connection === "plain" || connection.peer === "none" ? "none" : connection.peer.leaf
}
