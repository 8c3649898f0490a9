import { evidences } from "../permissive/index.ts"
import {
  connectionClasses,
  type Dimension,
  holderClasses,
  pathClasses,
  policyClasses,
  sessionDimensions,
  tokenClasses,
} from "../states/dimensions.ts"
import type { Class, PathState, SessionState, State, TokenState } from "../states/state.ts"

const identities = {
  keyless: "no credential asked",
  authToken: "a token asked",
  dynamic: "dynamic mTLS",
  jwt: "a JWT asked",
  alternatives: "alternatives",
} as const

const lists = {
  off: "",
  empty: "an empty allow list",
  unlisted: "an allow list without L",
  listed: "an allow list with L",
} as const

const transports = {
  plain: "no TLS",
  bare: "TLS without a certificate",
  peer: "TLS with L",
} as const

const validities: Readonly<Record<string, string>> = {
  inside: "",
  before: "L not yet valid",
  after: "L expired",
  absent: "L's validity not known",
}

const holders = {
  absent: "",
  enrolled: "L is stored",
  unenrolled: "L is not stored",
  "other leaf": "the store spoke of another certificate",
  "other org": "another organisation stored L",
} as const

/** A state in one line: the policy, the connection, what is presented, and what the stores know. */
export function inWords(state: State, evidence: Class): string {
  const { connection, credentials } = state
  const shown = evidences[evidence]?.name ?? ""
  const { authToken, jwt, holder } = credentials
  return [
    policyWords(state.policy),
    connectionWords(connection),
    evidence === 0 ? "" : `**${shown}**`,
    tokenWords("a token", authToken),
    tokenWords("a JWT", jwt),
    holders[nameOf(holderClasses.holder, holder)],
    relationWords(state),
  ]
    .filter((words) => words !== "")
    .join("; ")
}

function policyWords(policy: State["policy"]): string {
  const { identity, staticMtls, revocation, tokenAuth, binding, boundList, groups } = policy
  const name = identities[nameOf(policyClasses.identity, identity)]
  const mechanisms = groups.map((group) =>
    group.map((one) => nameOf(policyClasses.identity, one)).join(" and "),
  )
  const among = mechanisms.map((one) => (one === "" ? "(nothing)" : one)).join(", or ")
  const mode = nameOf(policyClasses.revocation, revocation)
  return joined([
    name === "alternatives" ? `alternatives: ${among || "none"}` : name,
    lists[nameOf(policyClasses.staticMtls, staticMtls)],
    mode === "off" ? "" : `revocation ${mode}`,
    tokenAuth === 0 ? "" : "`allowDynamicMtlsTokenAuth` on",
    binding === 0 ? "" : "`certificateTokenBinding` off",
    boundList === 0 ? "" : "`boundCertificateSatisfiesAllowList` on",
  ])
}

function connectionWords(connection: State["connection"]): string {
  const { transport, host, validity, millis, revoked, paths } = connection
  const name = nameOf(connectionClasses.transport, transport)
  const when = nameOf(connectionClasses.validity, validity)
  return joined([
    transports[name],
    host === 0 ? "" : "server name and host disagree",
    name === "peer" ? (validities[when] ?? `L's validity: ${when}`) : "",
    millis === 0 ? "" : `${nameOf(connectionClasses.millis, millis)} ms into the second`,
    revoked === 0 ? "" : "L on a revocation list",
    ...paths.map(pathWords),
  ])
}

function pathWords({ anchor, time, status }: PathState): string {
  const end = nameOf(pathClasses.anchor, anchor) === "ours" ? "a listed" : "another"
  const when = nameOf(pathClasses.time, time)
  const late: Readonly<Record<string, string>> = { before: "not yet valid", after: "expired" }
  return joined(
    [
      `a path to ${end} authority`,
      when === "inside" ? "" : (late[when] ?? when),
      status === 0 ? "" : `revocation ${nameOf(pathClasses.status, status)}`,
    ],
    " ",
  )
}

function tokenWords(what: string, { kind, confirmation, session }: TokenState): string {
  const name = nameOf(tokenClasses.kind, kind)
  const confirmed = nameOf(tokenClasses.confirmation, confirmation)
  if (name === "none") return ""
  const details = joined([
    name === "session" ? sessionWords(session) : name,
    confirmation === 0 ? "" : `confirmation ${confirmed}`,
  ])
  return details === "" ? what : `${what} (${details})`
}

function relationWords({ credentials }: State): string {
  const name = nameOf(holderClasses.relation, credentials.relation)
  if (name === "absent") return ""
  if (name === "same") return "L's session is the token's"
  const details = sessionWords(credentials.holderSession)
  return details === "" ? "L has a session" : `L has a session (${details})`
}

function sessionWords(session: SessionState): string {
  const dimensions: Readonly<Record<string, Dimension>> = sessionDimensions
  return joined(
    Object.entries(session).map(([name, place]) =>
      place === 0 ? "" : `${name} ${dimensions[name]?.classes[place]}`,
    ),
  )
}

function joined(words: readonly string[], by = ", "): string {
  return words.filter((word) => word !== "").join(by)
}

function nameOf<const C extends readonly string[]>(classes: C, place: Class): C[number] {
  const name = classes[place]
  if (name === undefined) throw new RangeError(`no class ${place}`)
  return name
}
