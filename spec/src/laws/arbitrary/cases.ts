import fc from "fast-check"
import type {
  CaseHolder,
  CaseRequest,
  CaseSession,
  CaseToken,
  DecisionCase,
} from "../../vectors/decision-case.ts"
import { connections, leaves } from "./peers.ts"
import { type PolicyParts, policies } from "./policies.ts"
import { organisations, records } from "./records.ts"
import { mostly, times, towardsFirst } from "./values.ts"

export interface CaseParts extends PolicyParts {
  readonly now: fc.Arbitrary<string>
  readonly hostAgrees: fc.Arbitrary<boolean>
  readonly connection: fc.Arbitrary<CaseRequest["connection"]>
  /** Two records; tokens and certificates are looked up in them, so that one id is one record. */
  readonly store: fc.Arbitrary<readonly [CaseSession, CaseSession]>
  readonly authToken: fc.Arbitrary<Presented>
  readonly jwt: fc.Arbitrary<Presented | "invalid">
  readonly confirmation: fc.Arbitrary<CaseToken["confirmation"]>
}

/** No token, one that nobody has, or the token of a record. */
export type Presented = "none" | "unknown" | 0 | 1

/** Decisions of every kind, most of whose facts let the decision go on. */
export function decisions(parts: Partial<CaseParts> = {}): fc.Arbitrary<DecisionCase> {
  return fc.record({ policy: policies(parts), request: requests(parts) })
}

function requests(parts: Partial<CaseParts>): fc.Arbitrary<CaseRequest> {
  return fc
    .record({
      now: parts.now ?? times,
      hostAgrees: parts.hostAgrees ?? mostly(true, false),
      connection: parts.connection ?? connections,
      store: parts.store ?? fc.tuple(records("s1"), records("s2")),
      authToken: parts.authToken ?? mostly<Presented>(0, 1, "none", "unknown"),
      jwt: parts.jwt ?? mostly<Presented | "invalid">(0, 1, "none", "unknown", "invalid"),
      confirmation:
        parts.confirmation ??
        mostly<CaseToken["confirmation"]>("none", "alice", "bob", "malformed"),
      holder,
    })
    .map(({ store, holder: held, authToken, jwt, confirmation, ...others }) => ({
      ...others,
      credentials: {
        authToken: tokenOf(authToken, store, confirmation),
        jwt: jwt === "invalid" ? jwt : tokenOf(jwt, store, confirmation),
      },
      holder: held === "none" ? held : holderOf(held, store, others.connection),
    }))
}

/** Mostly what the stores say of the presented leaf; sometimes of another. */
const holder = fc.oneof(
  towardsFirst,
  {
    weight: 14,
    arbitrary: fc.record({
      leaf: fc.oneof(
        towardsFirst,
        { weight: 12, arbitrary: fc.constant("presented" as const) },
        { weight: 1, arbitrary: leaves },
      ),
      orgId: organisations,
      enrolled: mostly(true, false),
      pick: mostly<Presented>(0, 1, "none"),
    }),
  },
  { weight: 1, arbitrary: fc.constant("none" as const) },
)

type Held = Exclude<typeof holder extends fc.Arbitrary<infer T> ? T : never, "none">

function holderOf(
  { leaf, orgId, enrolled, pick }: Held,
  store: readonly [CaseSession, CaseSession],
  connection: CaseRequest["connection"],
): CaseHolder {
  const peer = connection === "plain" ? "none" : connection.peer
  const presented = peer === "none" ? "alice" : peer.leaf
  const session = typeof pick === "number" ? store[pick] : "none"
  return { leaf: leaf === "presented" ? presented : leaf, orgId, enrolled, session }
}

function tokenOf(
  presented: Presented,
  store: readonly [CaseSession, CaseSession],
  confirmation: CaseToken["confirmation"],
): CaseToken | "none" {
  if (presented === "none") return "none"
  return { session: presented === "unknown" ? "none" : store[presented], confirmation }
}
