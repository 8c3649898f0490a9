import type {
  Holder,
  Interval,
  Peer,
  PolicyInput,
  Request,
  Session,
  Token,
  TrustPath,
} from "@countersign/engine"
import type {
  CaseHolder,
  CaseInterval,
  CasePath,
  CasePeer,
  CasePolicy,
  CaseRequest,
  CaseSession,
  CaseToken,
  DecisionCase,
  Instant,
} from "../vectors/decision-case.ts"
import { concretise } from "./concretise.ts"
import type { State } from "./state.ts"

/** The state as a case; `undefined` where no case can say it: an instant that is none, empty alternatives. */
export function caseOfState(state: State): DecisionCase | undefined {
  const { policyInput, request } = concretise(state)
  const { identity } = policyInput
  const groups = identity._tag === "alternatives" ? identity.groups : undefined
  if (groups?.length === 0 || groups?.some(({ length }) => length === 0)) return undefined
  try {
    return { policy: policyOf(policyInput), request: requestOf(request) }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function policyOf({ flags = {}, ...input }: PolicyInput): CasePolicy {
  const { apiId, orgId, staticMtls, identity, revocation = "off" } = input
  const { stripAuthorizationData = false } = input
  return {
    apiId,
    orgId,
    staticMtls,
    identity,
    flags: {
      allowDynamicMtlsTokenAuth: flags.allowDynamicMtlsTokenAuth ?? false,
      certificateTokenBinding: flags.certificateTokenBinding ?? true,
      boundCertificateSatisfiesAllowList: flags.boundCertificateSatisfiesAllowList ?? false,
    },
    revocation,
    stripAuthorizationData,
  }
}

function requestOf({ now, hostAgrees, connection, credentials, holder }: Request): CaseRequest {
  const { authToken, jwt } = credentials
  return {
    now: instantOf(now),
    hostAgrees,
    connection: connection._tag === "plain" ? "plain" : { peer: peerOf(connection.peer) },
    credentials: {
      authToken: authToken === "none" ? "none" : tokenOf(authToken),
      jwt: typeof jwt === "string" ? jwt : tokenOf(jwt),
    },
    holder: holder === undefined ? "none" : holderOf(holder),
  }
}

function peerOf(peer: Peer | "none"): CasePeer | "none" {
  if (peer === "none") return "none"
  const { leaf, revoked, paths } = peer
  const validity = leaf.validity === undefined ? "none" : intervalOf(leaf.validity)
  return { leaf: leaf.sha256.hex, validity, revoked, paths: paths.map(pathOf) }
}

function pathOf({ anchor, revocation, ...validity }: TrustPath): CasePath {
  return {
    anchor: anchor.hex,
    validity: intervalOf(validity),
    revocation: revocation.status,
    freshUntil: instantOf(revocation.freshUntil),
  }
}

function tokenOf({ session, confirmation }: Token): CaseToken {
  return {
    session: session === undefined ? "none" : sessionOf(session),
    confirmation: typeof confirmation === "string" ? confirmation : confirmation.hex,
  }
}

function holderOf({ leaf, orgId, enrolled, session }: Holder): CaseHolder {
  return {
    leaf: leaf.hex,
    orgId,
    enrolled,
    session: session === undefined ? "none" : sessionOf(session),
  }
}

function sessionOf(session: Session): CaseSession {
  const { id, orgId, active, expiresAt, apis, certificate, bindings, secret } = session
  return {
    id,
    orgId,
    active,
    expiresAt: expiresAt === "never" ? "never" : instantOf(expiresAt),
    apis: apis === "all" ? "all" : [...apis],
    certificate:
      certificate === "none"
        ? "none"
        : { name: certificate.sha256.hex, enrolled: certificate.enrolled },
    bindings: bindings === "none" ? "none" : bindings.map(({ hex }) => hex),
    secret,
  }
}

function intervalOf({ notBefore, notAfter }: Interval): CaseInterval {
  return [instantOf(notBefore), instantOf(notAfter)]
}

/** A `RangeError` for NaN. */
function instantOf(milliseconds: number): Instant {
  return new Date(milliseconds).toISOString().replace(".000Z", "Z")
}
