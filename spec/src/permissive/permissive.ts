import type { AdvisoryClass } from "../advisory-classes.ts"
import { type Code, judge, type Trace, traced } from "../model/index.ts"
import type {
  Class,
  ConnectionState,
  CredentialState,
  PolicyState,
  State,
} from "../states/state.ts"
import { holds, type Misreading } from "./misreading.ts"
import { certificateRows } from "./rows/certificate.ts"
import { evidenceRows } from "./rows/evidence.ts"
import { sessionRows } from "./rows/session.ts"
import { transportRows } from "./rows/transport.ts"

/** Every weakness, in the order in which they are applied: what a later one asks may be what an earlier one read. */
export const misreadings: readonly Misreading[] = [
  ...evidenceRows,
  ...transportRows,
  ...certificateRows,
  ...sessionRows,
]

/** The classes that some misreading belongs to, in the order of their first one. */
export const weaknesses: readonly AdvisoryClass[] = [
  ...new Set(misreadings.map((row) => row.class)),
]

/**
 * A gateway with the weaknesses of these classes: it asks the reference model about the state that it takes
 * this one for. Without classes it is the reference model.
 */
export function permissive(
  classes: readonly AdvisoryClass[],
): (state: State, evidence?: Class) => { readonly code: Code; readonly taken: State } {
  const reader = readerOf(classes)
  return (state, evidence = 0) => {
    const { policy, connection, credentials } = state
    const request = reader.request(policy, connection, evidence)
    const taken = {
      policy: request.policy,
      connection: request.connection,
      credentials: readCredentials(request.rest, credentials),
    }
    const trace: Trace = new Uint8Array(traced.length)
    return { code: judge(taken, trace), taken }
  }
}

/** What policy and connection are taken for, and what is to be done with the credentials. */
export interface Request {
  readonly policy: PolicyState
  readonly connection: ConnectionState
  /** Places in `misreadings`. */
  readonly rest: readonly number[]
}

export interface Reader {
  /** What a connection is taken for, under whatever policy. */
  readonly connection: (connection: ConnectionState, evidence: Class) => ConnectionState
  readonly request: (policy: PolicyState, connection: ConnectionState, evidence: Class) => Request
}

/** How a gateway with the weaknesses of these classes reads; no weakness looks from credentials to the rest. */
export function readerOf(classes: readonly AdvisoryClass[]): Reader {
  const rows = misreadings.flatMap((row, place) =>
    classes.includes(row.class) ? [{ place, takes: row.takes, holds: holds(row) }] : [],
  )
  const request: Reader["request"] = (policyState, connectionState, evidence) => {
    let [policy, connection] = [policyState, connectionState]
    const rest: number[] = []
    for (const { place, takes, holds } of rows) {
      if (!holds(policy, connection, evidence)) continue
      if (takes.part === "policy") policy = takes.read(policy)
      else if (takes.part === "connection") connection = takes.read(connection)
      else rest.push(place)
    }
    return { policy, connection, rest }
  }
  return { request, connection: (one, evidence) => request(anyPolicy, one, evidence).connection }
}

/** No row that reads the connection asks the policy. */
const anyPolicy: PolicyState = {
  staticMtls: 0,
  revocation: 0,
  identity: 0,
  tokenAuth: 0,
  binding: 0,
  boundList: 0,
  groups: [],
}

export function readCredentials(
  rest: readonly number[],
  credentials: CredentialState,
): CredentialState {
  let taken = credentials
  for (const place of rest) {
    const takes = misreadings[place]?.takes
    if (takes?.part === "credentials") taken = takes.read(taken)
  }
  return taken
}
