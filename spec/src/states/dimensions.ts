/** One dimension of the abstract state: its classes, and why no more are needed. */
export interface Dimension<C extends readonly string[] = readonly string[]> {
  readonly classes: C
  readonly why: string
}

function dimension<const C extends readonly string[]>(classes: C, why: string): Dimension<C> {
  return { classes, why }
}

/** The rule of one API. The first class of every dimension is the plainest: counterexamples shrink towards it. */
export const policyDimensions = {
  staticMtls: dimension(
    ["off", "empty", "unlisted", "listed"],
    "Admit asks for an allow list, whether it holds L, and whether it names anchors; how many entries it has is never asked. `unlisted` and `listed` hold another leaf and two anchors.",
  ),
  revocation: dimension(["off", "soft", "hard"], "The three modes of the policy."),
  identity: dimension(
    ["keyless", "authToken", "dynamic", "jwt", "alternatives"],
    "The kinds of identity; `dynamic` is authToken with `certificate: true`. Groups of alternatives are a dimension of their own product.",
  ),
  tokenAuth: dimension(["no", "yes"], "Flag allowDynamicMtlsTokenAuth."),
  binding: dimension(["yes", "no"], "Flag certificateTokenBinding; on is the default."),
  boundList: dimension(["no", "yes"], "Flag boundCertificateSatisfiesAllowList."),
} as const

/** What the connection shows at one instant. */
export const connectionDimensions = {
  transport: dimension(
    ["plain", "bare", "peer"],
    "No TLS, TLS without a client certificate, TLS with one. The rules tell the first two apart only in A1.",
  ),
  host: dimension(["agrees", "disagrees"], "One boolean, present on every connection."),
  validity: dimension(
    [
      "inside",
      "before",
      "after",
      "absent",
      "a second before",
      "first second",
      "last second",
      "a second after",
      "NaN notBefore",
      "NaN notAfter",
    ],
    "Valid, not yet valid, expired, absent: the text compares now with two ends. The six that follow pin each end to the second and say what a NaN does; they are run in the product of boundary instants.",
  ),
  millis: dimension(
    ["0", "1", "999"],
    "Milliseconds of now: rounded down, so they may never matter. Other than 0 only at boundary instants.",
  ),
  revoked: dimension(
    ["no", "yes"],
    "A revocation list has L, with or without a path. Both in admission, the only rule that reads it.",
  ),
} as const

/** What the stores said about L, for this request. */
export const holderDimensions = {
  holder: dimension(
    ["absent", "enrolled", "unenrolled", "other leaf", "other org"],
    "A holder speaks of L in the policy's organisation, or it is ignored; both ways of not doing so are present, in their most permissive form (enrolled).",
  ),
  relation: dimension(
    ["absent", "same", "another"],
    "The certificate's session: none, the very record of the presented token, or another record (even one equal in every attribute).",
  ),
} as const

/** A presented token of one scheme. */
export const tokenDimensions = {
  kind: dimension(
    ["none", "unknown", "session", "invalid"],
    "Not presented; presented and no record has it; a record has it; `invalid` (jwt alone): its verification failed.",
  ),
  confirmation: dimension(
    ["none", "L", "other", "malformed"],
    "No confirmation, one that equals L, one that differs from L in its last bit, one that cannot be read.",
  ),
} as const

/** A record of the session store. */
export const sessionDimensions = {
  org: dimension(["ours", "other"], "Compared for equality only."),
  secret: dimension(["yes", "no"], "One boolean; `no` is a key computable from public data."),
  active: dimension(["yes", "no"], "One boolean."),
  expiry: dimension(
    ["never", "later", "past", "last second", "a second after", "NaN"],
    "Check compares now with one instant; the last three are boundary instants.",
  ),
  apis: dimension(
    ["all", "holds", "lacks", "empty"],
    "Everything, or a set that holds this API or does not; an empty set is a set.",
  ),
  certificate: dimension(
    ["none", "L enrolled", "L unenrolled", "other enrolled", "other unenrolled"],
    "The certificate that the session names: none, L or not L (differing in the last bit), each enrolled or not (D2 asks).",
  ),
  bindings: dimension(
    ["none", "empty", "L", "other", "other and L"],
    "No bindings, a list that works with nothing, with L, without L, and with L in second place; longer lists differ in no question that the text asks.",
  ),
} as const

/** One path from L: the classes of each of its three facts. Lists of paths are built from these. */
export const pathDimensions = {
  anchor: dimension(["ours", "foreign"], "The path ends at one of the policy's anchors, or not."),
  time: dimension(
    [
      "inside",
      "before",
      "after",
      "a second before",
      "first second",
      "last second",
      "a second after",
      "NaN notBefore",
      "NaN notAfter",
    ],
    "As a leaf's validity; a path always has an interval.",
  ),
  status: dimension(
    [
      "good",
      "stale",
      "unknown",
      "revoked",
      "revoked, stale",
      "good, last second",
      "good, a second after",
      "good, NaN",
    ],
    "Status and freshness: good and fresh, good but now > freshUntil, unknown, revoked (fresh or not); then freshUntil pinned to the second.",
  ),
} as const

type Classes<D extends Readonly<Record<string, Dimension>>> = {
  readonly [K in keyof D]: D[K]["classes"]
}

function classesOf<D extends Readonly<Record<string, Dimension>>>(dimensions: D): Classes<D> {
  return Object.fromEntries(
    Object.entries(dimensions).map(([name, { classes }]) => [name, classes]),
  ) as Classes<D>
}

/** The names of all classes, by dimension: the columns of the model's tables. */
export const policyClasses = classesOf(policyDimensions)
export const connectionClasses = classesOf(connectionDimensions)
export const holderClasses = classesOf(holderDimensions)
export const tokenClasses = classesOf(tokenDimensions)
export const sessionClasses = classesOf(sessionDimensions)
export const pathClasses = classesOf(pathDimensions)
