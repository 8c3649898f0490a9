import type { Mechanism, Policy } from "@countersign/engine"
import type { Connection } from "./connection.ts"
import type { Evidence } from "./evidence/evidence.ts"
import type { Api, KeyRules } from "./policy-set.ts"
import { type PresentedToken, spell } from "./presented-token.ts"

/** What one request asks of the stores. */
export interface Question {
  /** Spellings of the presented token; the first that exists wins. */
  readonly token: readonly string[]
  /** Spellings of the key that the certificate stands for (dynamic mTLS). */
  readonly certificate: readonly string[]
  /** The id of the presented leaf, if there is one. */
  readonly enrolment: readonly string[]
  /** Whether it matters that the certificate named by the token's session is stored. */
  readonly asksForNamed: boolean
}

const none: readonly string[] = []
const nothing: Question = { token: none, certificate: none, enrolment: none, asksForNamed: false }

/** The questions of a request; none where no answer could matter. */
export function questionOf(
  { policy }: Api,
  keys: KeyRules,
  connection: Connection,
  hostAgrees: boolean,
  evidence: Evidence,
  token: PresentedToken,
): Question {
  if (policy.identity._tag === "keyless") return nothing
  if (admissionDenies(policy, connection, hostAgrees, evidence)) return nothing
  const { orgId } = policy
  const { leaf } = connection
  const dynamic = isDynamic(policy)
  const id = leaf === undefined ? undefined : connection.certificateId(orgId)
  return {
    token: token.spellings(orgId, keys),
    certificate: dynamic && id !== undefined ? spell(id, orgId, keys) : none,
    enrolment: id === undefined ? none : [id],
    asksForNamed: dynamic && id === undefined && policy.flags.allowDynamicMtlsTokenAuth,
  }
}

/** Whether static mTLS refuses already, whatever the stores would say. */
function admissionDenies(
  policy: Policy,
  { leaf }: Connection,
  hostAgrees: boolean,
  { paths }: Evidence,
): boolean {
  const { staticMtls, flags } = policy
  if (staticMtls === "off") return false
  if (!hostAgrees || leaf === undefined) return true
  if (flags.boundCertificateSatisfiesAllowList) return false
  return paths.length === 0 && !staticMtls.leaves.has(leaf)
}

/** Whether the certificate may identify the session. */
export function isDynamic({ identity }: Policy): boolean {
  if (identity._tag === "keyless") return false
  if (identity._tag !== "alternatives") return readsCertificate(identity)
  return identity.groups.some((group) => group.some(readsCertificate))
}

function readsCertificate(mechanism: Mechanism): boolean {
  return mechanism._tag === "authToken" && mechanism.certificate
}
