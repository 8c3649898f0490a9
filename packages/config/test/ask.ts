import {
  decide,
  fingerprint,
  type Holder,
  type Request,
  type Session,
  session,
  type Verdict,
} from "@countersign/engine"
import { isComputableKey, keySpellings, longEnough } from "@countersign/http"
import { certificateId } from "@countersign/x509"
import type { Configuration, KnownSession } from "../src/index.ts"

/** What somebody presents. */
export interface Presented {
  readonly apiId: string
  readonly token?: string | undefined
  /** SHA-256 of a leaf that is valid at every time. */
  readonly leaf?: string | undefined
}

/** Decides as a guard would, with the stores of the configuration; undefined where there is no such API. */
export function ask(
  configuration: Configuration,
  { apiId, token, leaf }: Presented,
  now: number,
): Verdict | undefined {
  const policy = configuration.apis.get(apiId)?.policy
  if (policy === undefined) return undefined
  const { orgId } = policy
  const found = token === undefined ? undefined : find(configuration, orgId, token)
  const authToken: Request["credentials"]["authToken"] =
    token === undefined
      ? "none"
      : { confirmation: "none", ...(found && { session: toSession(configuration, found) }) }
  const connection: Request["connection"] = {
    _tag: "tls",
    peer:
      leaf === undefined
        ? "none"
        : { leaf: { sha256: fingerprint(leaf), validity }, revoked: false, paths: [] },
  }
  const request: Request = {
    now,
    hostAgrees: true,
    connection,
    credentials: { authToken, jwt: "none" },
    ...(leaf !== undefined && { holder: holderOf(configuration, orgId, leaf) }),
  }
  return decide(policy, request)
}

const validity = { notBefore: 0, notAfter: Date.UTC(9000, 0, 1) }

function holderOf(configuration: Configuration, orgId: string, leaf: string): Holder {
  const id = certificateId(orgId, leaf)
  const found = find(configuration, orgId, id)
  return {
    leaf: fingerprint(leaf),
    orgId,
    enrolled: configuration.certificates.has(id),
    ...(found && { session: toSession(configuration, found) }),
  }
}

function find(configuration: Configuration, orgId: string, key: string): KnownSession | undefined {
  const { keys, sessions } = configuration
  if (!longEnough(key, keys.minTokenLength)) return undefined
  for (const spelling of keySpellings({ orgId, key, ...keys })) {
    const known = sessions.get(spelling)
    if (known !== undefined) return known
  }
  return undefined
}

function toSession(configuration: Configuration, known: KnownSession): Session {
  const { key, orgId, active, expiresAt, apis, bindings } = known
  const named = known.certificate === "unreadable" ? "0".repeat(64) : known.certificate
  const isEnrolled = configuration.certificates.has(certificateId(orgId, named))
  return session({
    id: `${orgId} ${key}`,
    orgId,
    active,
    expiresAt,
    apis,
    bindings,
    certificate: named === "none" ? "none" : { sha256: named, enrolled: isEnrolled },
    secret: named === "none" || !isComputableKey(orgId, key, named),
  })
}
