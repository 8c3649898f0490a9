import type { Flags } from "@countersign/engine"
import type { Generation } from "@countersign/guard"
import { storeKey } from "@countersign/http"
import { generationOf as generationOfLoaded } from "../drivers/generation.ts"
import type { LoadedApi, LoadedSession, LoadedWorld } from "../drivers/loaded-world.ts"
import type { CertificateName, Certificates } from "./certificates.ts"

export const orgId = "default"

/** A world in few words, certificates by name, for tests that no vector can say. */
export interface World {
  readonly apis: readonly ApiPlan[]
  readonly sessions?: readonly SessionPlan[]
  /** Certificates in the organisation's store. */
  readonly stored?: readonly CertificateName[]
  readonly flags?: Partial<Flags>
  /** `hash_key_function`; default `murmur64`. */
  readonly hash?: string
}

export interface ApiPlan {
  /** Default: the path. */
  readonly id?: string
  readonly path: string
  readonly host?: string
  readonly identity: keyof typeof identities
  /** The allow list; absent: no static mTLS. An authority is its root and what it signed. */
  readonly list?: readonly CertificateName[]
  readonly strip?: boolean
}

export interface SessionPlan {
  readonly name: string
  /** `certificate`: the key that anybody can compute; default a key of its own. */
  readonly key?: "certificate"
  readonly certificate?: CertificateName
  readonly bindings?: readonly CertificateName[]
  readonly active?: false
  readonly apis?: readonly string[]
}

const identities = {
  keyless: "keyless",
  token: "token",
  dynamic: "certificate",
} as const satisfies Readonly<Record<string, LoadedApi["identity"]>>

/** What a guard is made of, or replaced by. */
export function generationOf(world: World, certificates: Certificates): Generation {
  return generationOfLoaded(loaded(world, certificates))
}

function loaded(world: World, certificates: Certificates): LoadedWorld {
  const { apis, sessions = [], stored = [], flags = {}, hash = murmur64 } = world
  return {
    gateway: {
      allowDynamicMtlsTokenAuth: false,
      certificateTokenBinding: true,
      boundCertificateSatisfiesAllowList: false,
      ...flags,
      revocation: "off",
      allowList: [],
      hashKeyFunction: hash,
      hashKeyFunctionFallback: [],
      minTokenLength: 0,
      stores: "up",
    },
    apis: apis.map((plan) => apiOf(plan, certificates)),
    sessions: sessions.map((plan) => sessionOf(plan, certificates, hash)),
    certificates: stored.map((name) => ({ orgId, ...certificates[name] })),
    revocationLists: [],
  }
}

function apiOf(plan: ApiPlan, certificates: Certificates): LoadedApi {
  const { path, id = path, host = "*", identity, list, strip = false } = plan
  const anywhere = "Authorization"
  return {
    id,
    orgId,
    identity: identities[identity],
    path,
    domain: host,
    allowList: list === undefined ? "off" : list.map((name) => certificates[name].pem),
    token: { header: anywhere, query: anywhere, cookie: anywhere },
    stripAuthorizationData: strip,
  }
}

function sessionOf(plan: SessionPlan, certificates: Certificates, hash: string): LoadedSession {
  const { name, certificate, bindings, active = true, apis = "all" } = plan
  const idOf = (one: CertificateName): string => orgId + certificates[one].sha256
  return {
    name,
    key: keyOf(plan, certificates, hash),
    orgId,
    active,
    expiresAt: "never",
    apis,
    certificate: certificate === undefined ? "none" : idOf(certificate),
    bindings: bindings?.map(idOf) ?? "none",
  }
}

const murmur64 = "murmur64"

/** The store key of a session, which is its token too. */
export function keyOf(plan: SessionPlan, certificates: Certificates, hash = murmur64): string {
  const { key, certificate, name } = plan
  const isComputed = key === "certificate" && certificate !== undefined
  return storeKey(orgId, isComputed ? certificates[certificate].sha256 : ownId(name), hash)
}

/** 32 hexadecimal digits that belong to a name. */
function ownId(name: string): string {
  return Buffer.from(name.padEnd(16, "-")).toString("hex").slice(0, 32)
}
