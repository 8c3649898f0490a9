export { type Answer, answerTo, type BodyFormat, publicCode } from "./answer.ts"
export {
  type ApiInput,
  type Authorization,
  authorize,
  type KnownSession,
  storedSession,
} from "./authorize.ts"
export { Connection, type ConnectionFacts } from "./connection.ts"
export {
  type ApiOptions,
  createPolicySet,
  type PolicySetOptions,
} from "./create-policy-set.ts"
export type { Decision } from "./decision.ts"
export type { EvidenceOptions } from "./evidence/evidence.ts"
export { createTrust, type Trust, type TrustInput } from "./evidence/trust.ts"
export {
  createGuard,
  type Generation,
  type Guard,
  type GuardOptions,
  type GuardProblem,
} from "./guard.ts"
export type { Api, KeyRules, PolicySet } from "./policy-set.ts"
export type { RequestFacts } from "./request-facts.ts"
export { type StoredSession, sessionKeyFacts } from "./stored-session.ts"
export {
  type FindCertificates,
  type FindSessions,
  memoryCertificates,
  memorySessions,
} from "./stores.ts"
