import type {
  CaseHolder,
  CasePeer,
  CasePolicy,
  CaseRequest,
  CaseSession,
  CaseToken,
  DecisionCase,
} from "../vectors/decision-case.ts"

/** The same case with something else in it. */

export function withPolicy(one: DecisionCase, parts: Partial<CasePolicy>): DecisionCase {
  return { ...one, policy: { ...one.policy, ...parts } }
}

export function withRequest(one: DecisionCase, parts: Partial<CaseRequest>): DecisionCase {
  return { ...one, request: { ...one.request, ...parts } }
}

export function withPeer(one: DecisionCase, change: (peer: CasePeer) => CasePeer): DecisionCase {
  const { connection } = one.request
  if (connection === "plain" || connection.peer === "none") return one
  return withRequest(one, { connection: { peer: change(connection.peer) } })
}

export function withHolder(
  one: DecisionCase,
  change: (holder: CaseHolder) => CaseHolder | "none",
): DecisionCase {
  const { holder } = one.request
  return holder === "none" ? one : withRequest(one, { holder: change(holder) })
}

export function withTokens(
  one: DecisionCase,
  change: (token: CaseToken) => CaseToken,
): DecisionCase {
  const { authToken, jwt } = one.request.credentials
  return withRequest(one, {
    credentials: {
      authToken: authToken === "none" ? "none" : change(authToken),
      jwt: typeof jwt === "string" ? jwt : change(jwt),
    },
  })
}

/** Changes records wherever the case holds a copy; `"none"` removes one. */
export function withRecords(
  one: DecisionCase,
  change: (record: CaseSession) => CaseSession | "none",
): DecisionCase {
  const changed = <T extends { readonly session: CaseSession | "none" }>(owner: T): T =>
    owner.session === "none" ? owner : { ...owner, session: change(owner.session) }
  return withHolder(withTokens(one, changed), changed)
}
