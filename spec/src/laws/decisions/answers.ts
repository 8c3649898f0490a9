import fc from "fast-check"
import { hexOf } from "../../vectors/concretise-case.ts"
import type { CaseSession, DecisionCase } from "../../vectors/decision-case.ts"
import { decisions, type Presented } from "../arbitrary/cases.ts"
import { picked } from "../arbitrary/pairs.ts"
import { flags, identified } from "../arbitrary/policies.ts"
import { records } from "../arbitrary/records.ts"
import { withTokens } from "../change.ts"
import { peerOf, recordsOf } from "../facts.ts"
import type { Law } from "../law.ts"
import { lawOfOne, lawOfPairs, neverAllowed } from "../make-law.ts"

const safely = flags.map((some) => ({ ...some, allowDynamicMtlsTokenAuth: false }))

/** A record whose key is made of a certificate that nobody presents. */
function computable(record: CaseSession): CaseSession {
  const bindings = record.bindings === "none" ? record.bindings : ["carol"]
  return { ...record, secret: false, certificate: { name: "carol", enrolled: true }, bindings }
}

const foreign = (record: CaseSession): CaseSession => ({ ...record, orgId: "globex" })
const unusable = [foreign, computable]

/** An API that takes a token alone could be told apart by it; these take no part. */
const publicKey = neverAllowed(
  {
    id: "a-token-of-public-data-opens-nothing",
    sentence:
      "a token that can be computed from a certificate opens no API without that certificate, unless the unsafe flag is on",
    sources: ["S1", "design:stricter/public-key-is-no-token", "advisory:token-of-public-data"],
    onlyCatches: "none",
  },
  {
    cases: decisions({
      identity: identified,
      flags: safely,
      store: fc.tuple(records("s1").map(computable), records("s2").map(computable)),
    }),
    concerns: () => true,
  },
)

/** `detail` is for logs and never sent. */
const alike = lawOfPairs(
  {
    id: "unknown-foreign-and-computed-tokens-are-answered-alike",
    sentence:
      "a token that nobody has, one of another organisation and one computed from public data get one answer, byte for byte",
    sources: ["design:unknown", "advisory:answers-tell-apart", "advisory:organisations-mixed"],
    onlyCatches: "foreign-is-told",
  },
  {
    pairs: fc
      .tuple(
        decisions({
          identity: identified,
          flags: safely,
          authToken: fc.constantFrom<Presented[]>("unknown"),
          jwt: fc.constantFrom<Presented[]>("unknown"),
        }),
        records("s3"),
        fc.nat(1),
      )
      .map(([one, record, choice]) => {
        const session = picked(unusable, choice)?.(record) ?? "none"
        return [one, withTokens(one, (token) => ({ ...token, session }))] as const
      }),
    concerns: ([unknown]) => unknown._tag === "Deny",
    broken: ([unknown, other]) => {
      if (unknown._tag === "Allow" || other._tag === "Allow") return "one of them is allowed"
      const isAlike =
        unknown.reason === other.reason &&
        unknown.status === other.status &&
        unknown.message === other.message
      return isAlike ? undefined : `${unknown.reason} for one, ${other.reason} for the other`
    },
  },
)

/** What only the stores and the configuration know. */
function secretsOf(one: DecisionCase): readonly string[] {
  const leaf = peerOf(one)?.leaf
  const certificates = ["alice", "bob", "carol", "root", "second root"]
  const others = certificates.filter((name) => name !== leaf).map(hexOf)
  return [...recordsOf(one).map(({ id }) => id), ...others, "globex", one.policy.orgId]
}

const nothing = lawOfOne(
  {
    id: "a-denial-tells-nothing",
    sentence:
      "a denial is answered with a status of 400 to 599 and a message that names no session, no organisation and no certificate but the presented one",
    sources: ["design:reasons", "advisory:answers-tell-apart"],
    onlyCatches: "denied-with-200",
  },
  {
    cases: decisions(),
    concerns: (verdict) => verdict._tag === "Deny",
    broken: (verdict, one) => {
      if (verdict._tag === "Allow") return undefined
      const { status, message } = verdict
      if (!Number.isInteger(status) || status < 400 || status > 599)
        return `the status is ${status}`
      const told = secretsOf(one).find((secret) => message.includes(secret))
      return told === undefined ? undefined : `the message tells ${told}`
    },
  },
)

export const answers: readonly Law[] = [publicKey, alike, nothing]
