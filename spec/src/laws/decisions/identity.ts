import fc from "fast-check"
import type { CaseSession, DecisionCase } from "../../vectors/decision-case.ts"
import { decisions, type Presented } from "../arbitrary/cases.ts"
import { dynamic, flags, identified } from "../arbitrary/policies.ts"
import {
  enrolledLeaf,
  holderSession,
  isBound,
  names,
  recordOf,
  secondOf,
  sessionOf,
} from "../facts.ts"
import type { Law } from "../law.ts"
import { whereAllowed } from "../make-law.ts"

const safely = flags.map((some) => ({ ...some, allowDynamicMtlsTokenAuth: false }))

/** A key that the client proved, of a certificate that the session names or binds. */
function isProven(one: DecisionCase, record: CaseSession): boolean {
  const leaf = enrolledLeaf(one)
  return leaf !== undefined && (names(record, leaf) || isBound(record, leaf))
}

const secretOrProof = whereAllowed(
  {
    id: "an-identity-rests-on-a-secret-or-a-proof",
    sentence:
      "who is identified presented a secret token, or proved the key of a certificate that the session names or binds, unless the unsafe flag is on",
    sources: [
      "S1",
      "design:stricter/public-key-is-no-token",
      "advisory:token-of-public-data",
      "advisory:identity-from-unproven-name",
    ],
    onlyCatches: "none",
  },
  {
    cases: decisions({ identity: identified, flags: safely }),
    broken: ({ identity: { session, sessionBy } }, one) => {
      const record = recordOf(one, session)
      if (record === undefined) return "it names a session that nobody has"
      if (isProven(one, record)) return undefined
      return record.secret && sessionBy !== "certificate"
        ? undefined
        : "there is neither a secret nor a proof"
    },
  },
)

const presented = whereAllowed(
  {
    id: "who-is-named-was-presented",
    sentence:
      "an Allow names the session of the token, of the verified jwt or of the certificate, as it says, and nobody where nobody is asked for",
    sources: ["design:verdict", "advisory:fault-opens"],
    onlyCatches: "jwt-is-a-token",
  },
  {
    cases: decisions(),
    broken: ({ identity: { session, sessionBy } }, one) => {
      const { credentials } = one.request
      if (sessionBy === undefined || session === undefined) {
        const isAsked = one.policy.identity._tag !== "keyless" || session !== sessionBy
        return isAsked ? "nobody is named" : undefined
      }
      const found = {
        token: sessionOf(credentials.authToken),
        jwt: sessionOf(credentials.jwt),
        certificate: holderSession(one),
      }[sessionBy]
      return found?.id === session ? undefined : "it names another session"
    },
  },
)

const byCertificate = whereAllowed(
  {
    id: "a-session-entered-by-a-certificate-names-it",
    sentence:
      "a session that a certificate opened names that certificate, which was presented to this host in its time and is enrolled",
    sources: ["design:D3", "advisory:certificate-not-enrolled", "advisory:stale-holder"],
    onlyCatches: "none",
  },
  {
    cases: decisions({
      identity: fc.constant(dynamic),
      authToken: fc.constantFrom<Presented[]>("none", "none", 0),
    }),
    concerns: ({ identity }) => identity.sessionBy === "certificate",
    broken: (_, one) => {
      const leaf = enrolledLeaf(one)
      const record = holderSession(one)
      if (leaf === undefined) return "no enrolled certificate was presented here in its time"
      return record !== undefined && names(record, leaf) ? undefined : "the session names another"
    },
  },
)

const certificateRequired = whereAllowed(
  {
    id: "a-token-alone-opens-no-dynamic-api",
    sentence:
      "where the certificate identifies the caller, an Allow means that one was presented to this host, in its time and enrolled, unless the unsafe flag is on",
    sources: ["S0", "S1", "design:D2", "advisory:token-alone"],
    onlyCatches: "none",
  },
  {
    cases: decisions({ identity: fc.constant(dynamic), flags: safely }),
    broken: (_, one) =>
      enrolledLeaf(one) === undefined ? "no certificate entitles to it" : undefined,
  },
)

const agree = whereAllowed(
  {
    id: "token-and-certificate-agree",
    sentence:
      "where the certificate identifies the caller and a token is presented too, the token's session binds the certificate or is the one that it opens",
    sources: [
      "design:D3",
      "design:stricter/token-and-certificate-agree",
      "advisory:token-and-certificate-apart",
      "advisory:stolen-token",
    ],
    onlyCatches: "none",
  },
  {
    cases: decisions({
      identity: fc.constant(dynamic),
      authToken: fc.constantFrom<Presented[]>(0, 1, "unknown"),
    }),
    concerns: (_, one) => enrolledLeaf(one) !== undefined,
    broken: (_, one) => {
      const ofToken = sessionOf(one.request.credentials.authToken)
      const leaf = enrolledLeaf(one)
      if (ofToken === undefined || leaf === undefined) return "nobody has the token"
      if (isBound(ofToken, leaf) || ofToken.id === holderSession(one)?.id) return undefined
      return "token and certificate are of two sessions"
    },
  },
)

const checked = whereAllowed(
  {
    id: "a-session-is-active-in-time-and-entitled",
    sentence: "the session of an Allow is active, has not expired and has a right to this API",
    sources: ["design:check"],
    onlyCatches: "rights-are-not-read",
  },
  {
    cases: decisions({ identity: identified }),
    broken: ({ identity: { session } }, one) => {
      const record = recordOf(one, session)
      if (record === undefined) return "nobody has this session"
      const { active, expiresAt, apis } = record
      if (!active) return "the session is not active"
      if (expiresAt !== "never" && secondOf(one) > Date.parse(expiresAt)) return "it has expired"
      return apis === "all" || apis.includes(one.policy.apiId) ? undefined : "it has no right"
    },
  },
)

export const identity: readonly Law[] = [
  secretOrProof,
  presented,
  byCertificate,
  certificateRequired,
  agree,
  checked,
]
