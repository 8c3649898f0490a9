import { policyClasses } from "../states/dimensions.ts"
import type {
  ConnectionState,
  CredentialState,
  PolicyState,
  SessionState,
  State,
  TokenState,
} from "../states/state.ts"
import { ADMIT, ADMIT_BOUND, MAY_BIND } from "./admit.ts"
import { BIND, CONFIRM } from "./bind.ts"
import { CHECK, EARLIER_RULE, LEAF_RULE } from "./check.ts"
import { BINDS, IDENTIFY, identifyOutcomes, lookUpToken, TOKEN } from "./identify.ts"
import { bestPath, ENROLLED, HOLDER_SESSION, isRevoked, LEAF, lookUpHolderSession } from "./leaf.ts"
import { modelReasons } from "./reasons.ts"
import { look, outcome, type Table } from "./table.ts"
import { allowCode, type Code, faultCode } from "./verdict.ts"

/** The tables that a decision goes through; their rows are its trace. */
export const traced: readonly Table[] = [
  LEAF,
  ENROLLED,
  HOLDER_SESSION,
  ADMIT,
  MAY_BIND,
  TOKEN,
  BINDS,
  IDENTIFY,
  ADMIT_BOUND,
  BIND,
  CONFIRM,
  CHECK,
  LEAF_RULE,
]

/** The rules among them; the others state facts. */
export const ruled: readonly Table[] = [
  ADMIT,
  MAY_BIND,
  TOKEN,
  IDENTIFY,
  ADMIT_BOUND,
  BIND,
  CONFIRM,
  CHECK,
]

const [leafAt, enrolledAt, holderSessionAt, admitAt, mayBindAt] = [0, 1, 2, 3, 4] as const
const [tokenAt, bindsAt, identifyAt, boundAt] = [5, 6, 7, 8] as const
const [bindAt, confirmAt, checkAt, leafRuleAt] = [9, 10, 11, 12] as const

/** One row number per table in `traced`, `NOT_ASKED` where the decision ended before. */
export type Trace = Uint8Array

export const NOT_ASKED: number = 255

const jwt = policyClasses.identity.indexOf("jwt")
const alternatives = policyClasses.identity.indexOf("alternatives")
const byCertificate = identifyOutcomes.indexOf("certificate")
const [noSession, tokenSession, certificateSession, jwtSession] = [0, 1, 2, 3] as const
const [settled, stands] = [0, 0] as const

const admitReasons = reasonsOf(ADMIT)
const identifyReasons = reasonsOf(IDENTIFY)
const bindReasons = reasonsOf(BIND)
const confirmReasons = reasonsOf(CONFIRM)
const checkReasons = reasonsOf(CHECK)

/** What the tables answer for a state; the rows that answered are left in `trace`. */
export function judge({ policy, connection, credentials }: State, trace: Trace): Code {
  return judgeWithin(viewOf(policy, connection), credentials, trace)
}

/** What a policy sees of a connection, before any credential. */
export interface View {
  readonly policy: PolicyState
  readonly host: number
  readonly leafRow: number
  readonly leaf: number
  readonly admitRow: number
  readonly mayBindRow: number
  /** The admission's denial, or −1. */
  readonly refused: number
}

export function viewOf(policy: PolicyState, connection: ConnectionState): View {
  const { transport, host, validity, revoked: listed, paths } = connection
  const { staticMtls, revocation } = policy
  const leafRow = look(LEAF, transport, validity)
  const leaf = outcome(LEAF, leafRow)
  const revoked = isRevoked(listed, paths)
  const best = bestPath(paths)
  const admitRow = look(ADMIT, staticMtls, transport, host, leaf, revocation, revoked, best)
  const mayBindRow = look(
    MAY_BIND,
    outcome(ADMIT, admitRow),
    policy.boundList,
    policy.identity,
    policy.binding,
    revocation,
    revoked,
  )
  const refused = reasonAt(admitReasons, admitRow)
  return { policy, host, leafRow, leaf, admitRow, mayBindRow, refused }
}

/** `judge`, where many requests are judged under one policy and connection. */
export function judgeWithin(view: View, credentials: CredentialState, trace: Trace): Code {
  for (let i = 0; i < trace.length; i++) trace[i] = NOT_ASKED
  trace[leafAt] = view.leafRow
  trace[admitAt] = view.admitRow
  trace[mayBindAt] = view.mayBindRow
  const asks = outcome(MAY_BIND, view.mayBindRow) !== settled
  if (view.refused >= 0 && !asks) return view.refused

  const facts = factsOf(view, credentials, trace)
  const { identity } = view.policy
  if (identity === alternatives) return firstGroup(facts, trace)
  identify(facts, identity, trace)
  if (asks && !isBound(trace)) return view.refused
  return finish(facts, identity, trace)
}

interface Facts {
  readonly view: View
  readonly credentials: CredentialState
  readonly enrolled: number
  readonly holderSession: number
}

function factsOf(view: View, credentials: CredentialState, trace: Trace): Facts {
  const enrolledRow = look(ENROLLED, view.leaf, credentials.holder)
  const holderSessionRow = lookUpHolderSession(view.leaf, credentials)
  trace[enrolledAt] = enrolledRow
  trace[holderSessionAt] = holderSessionRow
  const enrolled = outcome(ENROLLED, enrolledRow)
  return { view, credentials, enrolled, holderSession: outcome(HOLDER_SESSION, holderSessionRow) }
}

/** A6, after Identify. */
function isBound(trace: Trace): boolean {
  const identified = outcome(IDENTIFY, rowAt(trace, identifyAt))
  const row = look(ADMIT_BOUND, identified, outcome(BINDS, rowAt(trace, bindsAt)))
  trace[boundAt] = row
  return outcome(ADMIT_BOUND, row) !== stands
}

function identify(facts: Facts, identity: number, trace: Trace): void {
  const { view, enrolled, holderSession } = facts
  const { policy, host, leaf } = view
  const token = tokenOf(facts, identity)
  const { bindings, certificate } = token.session
  const tokenRow = lookUpToken(policy, host, leaf, enrolled, token)
  const bindsRow = look(BINDS, leaf, enrolled, bindings)
  trace[tokenAt] = tokenRow
  trace[bindsAt] = bindsRow
  trace[identifyAt] = look(
    IDENTIFY,
    identity > jwt ? 0 : identity,
    host,
    leaf,
    policy.tokenAuth,
    outcome(TOKEN, tokenRow),
    outcome(BINDS, bindsRow),
    holderSession,
    enrolled,
    certificate,
  )
}

/** Bind and Check of the session that Identify yields. */
function finish(facts: Facts, identity: number, trace: Trace): Code {
  const { view, enrolled } = facts
  const { policy, host, leaf } = view
  const identifyRow = rowAt(trace, identifyAt)
  const unidentified = reasonAt(identifyReasons, identifyRow)
  if (unidentified >= 0) return unidentified
  const identified = outcome(IDENTIFY, identifyRow)
  const { kind, confirmation } = tokenOf(facts, identity)
  const session = sessionOf(facts, identity, identified)

  const bindRow = look(BIND, identified, policy.binding, session.bindings, host, leaf, enrolled)
  trace[bindAt] = bindRow
  const unbound = reasonAt(bindReasons, bindRow)
  if (unbound >= 0) return unbound

  const confirmRow = look(CONFIRM, identified, kind, confirmation, host, leaf)
  trace[confirmAt] = confirmRow
  const unconfirmed = reasonAt(confirmReasons, confirmRow)
  if (unconfirmed >= 0) return unconfirmed

  const checkRow = look(CHECK, identified, session.active, session.expiry, session.apis)
  trace[checkAt] = checkRow
  const unchecked = reasonAt(checkReasons, checkRow)
  if (unchecked >= 0) return unchecked

  const boundRow = rowAt(trace, boundAt)
  const leafRuleRow = look(
    LEAF_RULE,
    outcome(ADMIT, rowAt(trace, admitAt)),
    boundRow === NOT_ASKED ? stands : outcome(ADMIT_BOUND, boundRow),
    identified,
    outcome(TOKEN, rowAt(trace, tokenAt)),
    outcome(BIND, bindRow),
    outcome(CONFIRM, confirmRow),
  )
  trace[leafRuleAt] = leafRuleRow
  return allowCode(sourceOf(identity, identified), outcome(LEAF_RULE, leafRuleRow))
}

/** Alternatives: the first group that allows, otherwise the last group's denial; no group is a fault. */
function firstGroup(facts: Facts, trace: Trace): Code {
  let last = faultCode
  for (const group of facts.view.policy.groups) {
    last = wholeGroup(facts, group, trace)
    if (reasonOf(last) < 0) return last
  }
  return last
}

/** Every mechanism to its end: the last one's session, the first rule that accepted the leaf. No mechanism is a fault. */
function wholeGroup(facts: Facts, group: readonly number[], trace: Trace): Code {
  if (group.length === 0) return faultCode
  let source: number = noSession
  let leafRule = 0
  for (const identity of group) {
    identify(facts, identity, trace)
    const code = finish(facts, identity, trace)
    if (reasonOf(code) >= 0) return code
    const rule = outcome(LEAF_RULE, rowAt(trace, leafRuleAt))
    leafRule = outcome(EARLIER_RULE, look(EARLIER_RULE, leafRule, rule))
    source = sourceOf(identity, outcome(IDENTIFY, rowAt(trace, identifyAt)))
  }
  return allowCode(source, leafRule)
}

function tokenOf({ credentials }: Facts, identity: number): TokenState {
  return identity === jwt ? credentials.jwt : credentials.authToken
}

function sessionOf(facts: Facts, identity: number, identified: number): SessionState {
  if (identified === byCertificate) return facts.credentials.holderSession
  return tokenOf(facts, identity).session
}

function sourceOf(identity: number, identified: number): number {
  if (identified === 0) return noSession
  if (identified === byCertificate) return certificateSession
  return identity === jwt ? jwtSession : tokenSession
}

/** Per row, the code of the reason it denies with, or −1. */
function reasonsOf(table: Table): Int8Array {
  const names: readonly string[] = modelReasons
  return Int8Array.from(table.rows, ({ gives }) => names.indexOf(gives))
}

function reasonAt(reasons: Int8Array, row: number): number {
  return reasons[row] ?? faultCode
}

function reasonOf(code: Code): number {
  return code < modelReasons.length ? code : -1
}

function rowAt(trace: Trace, at: number): number {
  return trace[at] ?? NOT_ASKED
}
