export { decide } from "./decide.ts"
export {
  type Change,
  type ChangeId,
  type Explanation,
  explain,
  type Fact,
  type Rule,
  type Step,
} from "./explain.ts"
export { type Fingerprint, fingerprint, sameFingerprint } from "./fingerprint.ts"
export { FingerprintSet } from "./fingerprint-set.ts"
export {
  type Flags,
  type Identity,
  type Mechanism,
  type Policy,
  type PolicyInput,
  policy,
  type StaticMtls,
} from "./policy.ts"
export {
  type Detail,
  type Preset,
  type Reason,
  type Response,
  type Responses,
  type ResponsesInput,
  reasons,
  responses,
} from "./reasons.ts"
export type {
  Connection,
  Credentials,
  Holder,
  Interval,
  Leaf,
  Peer,
  Request,
  Revocation,
  Token,
  TrustPath,
} from "./request.ts"
export {
  type NamedCertificate,
  type Session,
  type SessionInput,
  session,
} from "./session.ts"
export type { Allow, Deny, Identified, LeafRule, Obligation, Verdict } from "./verdict.ts"
