import {
  type HostReading,
  hostAgrees,
  presentedValue,
  type RequestHead,
  readTarget,
  requestHost,
} from "@countersign/http"
import type { Connection } from "./connection.ts"
import type { GuardReason } from "./denial.ts"
import { type Evidence, type EvidenceCache, noEvidence } from "./evidence/evidence.ts"
import type { Api, PolicySet } from "./policy-set.ts"
import { noToken } from "./presented-token.ts"
import { type Question, questionOf } from "./question.ts"
import type { RequestFacts } from "./request-facts.ts"

/** A request that reached its policy, with everything that is known before the stores are asked. */
export interface Prepared {
  readonly api: Api
  readonly hostAgrees: boolean
  readonly evidence: Evidence
  readonly tokenPresented: boolean
  readonly question: Question
}

/** Routes a request, examines what its connection shows, and finds what to ask of the stores. */
export function prepare(
  policies: PolicySet,
  cache: EvidenceCache,
  defaultAsksForCertificate: boolean,
  { now, connection, head, api: named }: RequestFacts,
): Prepared | GuardReason {
  const route = routeOf(policies, head, connection, named)
  if (typeof route === "string") return route
  const { api, host } = route
  const agrees =
    !connection.encrypted ||
    hostAgrees(policies.routes, connection.serverName, host, { defaultAsksForCertificate })
  const evidence = agrees ? evidenceOf(api, cache, connection, now) : noEvidence
  const value = api.token === "none" ? "" : presentedValue(api.token, head)
  const token = value === "" ? noToken : connection.presentedToken(value)
  return {
    api,
    hostAgrees: agrees,
    evidence,
    tokenPresented: token.isPresented,
    question: questionOf(api, policies.keys, connection, agrees, evidence, token),
  }
}

/** The API of a request, and the host it is for; a named API is found by its id, but read as strictly. */
export function routeOf(
  { routes, apis }: PolicySet,
  head: RequestHead,
  connection?: Connection,
  named?: string,
): { readonly api: Api; readonly host: HostReading | undefined } | GuardReason {
  const target = readTarget(head.target, head.method)
  if (target._tag === "problem") return "guard.bad_request"
  const host = requestHost(target, head, connection?.readHost)
  if (host?._tag === "problem") return "guard.bad_request"
  const apiId = named ?? (target._tag === "path" ? routes.match(host, target.path) : undefined)
  const api = apiId === undefined ? undefined : apis.get(apiId)
  return api === undefined ? "guard.no_policy" : { api, host }
}

/** A listed leaf needs no path, unless a list could say that it has been revoked. */
export function evidenceOf(
  { policy, trust }: Omit<Api, "token">,
  cache: EvidenceCache,
  connection: Connection,
  now: number,
): Evidence {
  const { staticMtls, revocation } = policy
  const { leaf } = connection
  if (trust === undefined || staticMtls === "off" || leaf === undefined) return noEvidence
  const isListed = staticMtls.leaves.has(leaf)
  if (isListed ? revocation === "off" : staticMtls.anchors.size === 0) return noEvidence
  return cache.examine(trust, connection, revocation, now)
}
