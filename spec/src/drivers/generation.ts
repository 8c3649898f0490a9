import type { PolicyInput, ResponsesInput } from "@countersign/engine"
import {
  type ApiOptions,
  createPolicySet,
  createTrust,
  type Generation,
  type KnownSession,
  memoryCertificates,
  memorySessions,
  storedSession,
} from "@countersign/guard"
import type { TokenSourceInput } from "@countersign/http"
import { readCertificate, readCertificateId, readPem } from "@countersign/x509"
import { sha256 } from "@countersign/x509/node"
import {
  prepareRevocationLists,
  type RevocationLists,
  readPemRevocationLists,
  readRevocationList,
} from "@countersign/x509/revocation"
import type { LoadedApi, LoadedSession, LoadedWorld } from "./loaded-world.ts"

/** What a guard is made of, or replaced by, to serve a world. */
export function generationOf(world: LoadedWorld, responses?: ResponsesInput): Generation {
  const { gateway, apis, sessions, certificates } = world
  const { hashKeyFunction, hashKeyFunctionFallback: fallback, minTokenLength, stores } = gateway
  const lists = revocationListsOf(world)
  const policies = createPolicySet(
    apis.map((api) => apiOf(api, world, lists, responses)),
    {
      keys: { hashKeyFunction, fallback, minTokenLength },
      ...(responses !== undefined && { responses }),
    },
  )
  if (stores === "down") return { policies, sessions: fail, certificates: fail }
  const known = sessions.map((session) => [session.key, storedSession(knownOf(session))] as const)
  const ids = certificates.map(({ orgId, sha256: digest }) => orgId + digest)
  return {
    policies,
    sessions: memorySessions(new Map(known)),
    certificates: memoryCertificates(new Set(ids)),
  }
}

/** A session as the guard's stores know it; what cannot be read identifies and binds nobody. */
export function knownOf({ certificate, bindings, ...session }: LoadedSession): KnownSession {
  const digestOf = (id: string): string | undefined => readCertificateId(id, session.orgId)
  return {
    ...session,
    certificate: certificate === "none" ? certificate : (digestOf(certificate) ?? "unreadable"),
    bindings: bindings === "none" ? bindings : bindings.flatMap((id) => digestOf(id) ?? []),
  }
}

function fail(): never {
  throw new Error("the store is down")
}

function revocationListsOf({ revocationLists }: LoadedWorld): RevocationLists | undefined {
  const lists = revocationLists
    .flatMap((pem) => readPemRevocationLists(pem).lists)
    .map((der) => readRevocationList(der))
    .map((read) => {
      if (read._tag === "Malformed") throw new TypeError("a revocation list cannot be read")
      return read
    })
  return lists.length === 0 ? undefined : prepareRevocationLists(lists)
}

function apiOf(
  api: LoadedApi,
  world: LoadedWorld,
  lists: RevocationLists | undefined,
  responses: ResponsesInput | undefined,
): ApiOptions {
  const { id, orgId, identity, path, domain, allowList, token } = api
  const { gateway } = world
  const entries =
    allowList === "off"
      ? []
      : [...allowList, ...gateway.allowList].flatMap((text) => entryOf(text, world) ?? [])
  const authorities = entries.filter(({ isAuthority }) => isAuthority)
  const { allowDynamicMtlsTokenAuth, certificateTokenBinding, boundCertificateSatisfiesAllowList } =
    gateway
  const isListed = allowList !== "off"
  const checksLists = gateway.revocation !== "off" && lists !== undefined
  const input: PolicyInput = {
    apiId: id,
    orgId,
    identity: identities[identity],
    staticMtls: isListed
      ? { leaves: entries.map(digestOf), anchors: authorities.map(digestOf) }
      : "off",
    flags: {
      allowDynamicMtlsTokenAuth,
      certificateTokenBinding,
      boundCertificateSatisfiesAllowList,
    },
    revocation: gateway.revocation,
    stripAuthorizationData: api.stripAuthorizationData,
    ...(responses !== undefined && { responses }),
  }
  const needsTrust = isListed && (authorities.length > 0 || checksLists)
  return {
    policy: input,
    path,
    host: domain,
    token: tokenInput(token),
    ...(needsTrust && {
      trust: createTrust({
        anchors: authorities.map(({ der }) => der),
        ...(checksLists && { lists }),
      }),
    }),
  }
}

const identities = {
  keyless: { _tag: "keyless" },
  token: { _tag: "authToken", certificate: false },
  certificate: { _tag: "authToken", certificate: true },
} satisfies Readonly<Record<LoadedApi["identity"], PolicyInput["identity"]>>

interface Entry {
  readonly sha256: string
  readonly der: Uint8Array
  readonly isAuthority: boolean
}

function digestOf({ sha256: digest }: Entry): string {
  return digest
}

/** An entry that is neither a PEM text nor the id of a stored certificate stands for nothing. */
function entryOf(text: string, { certificates }: LoadedWorld): Entry | undefined {
  const stored = certificates.find(({ orgId, sha256: digest }) => orgId + digest === text)
  const [der] = readPem(stored?.pem ?? text).certificates
  if (der === undefined) return undefined
  const read = readCertificate(der)
  const isAuthority = read._tag === "Certificate" && read.extensions.basicConstraints?.ca === true
  return { sha256: sha256(der), der, isAuthority }
}

function tokenInput({ header, query, cookie }: LoadedApi["token"]): TokenSourceInput {
  return {
    ...(header === "none" ? { disableHeader: true } : { authHeaderName: header }),
    ...(query !== "none" && { useParam: true, paramName: query }),
    ...(cookie !== "none" && { useCookie: true, cookieName: cookie }),
  }
}
