import {
  type Flags,
  type Identity,
  type Policy,
  type PolicyInput,
  policy,
  type ResponsesInput,
  responses,
} from "@countersign/engine"
import {
  type Api,
  createTrust,
  type Generation,
  type KnownSession,
  memoryCertificates,
  memorySessions,
  storedSession,
} from "@countersign/guard"
import { createRoutes, storeKey, tokenSource } from "@countersign/http"
import { readPem } from "@countersign/x509"
import { sha256 } from "@countersign/x509/node"
import type { CertificateName, Certificates } from "./certificates.ts"

export const orgId = "default"

/** The policies and the stores behind a row, certificates by name. */
export interface World {
  readonly apis: readonly ApiPlan[]
  readonly sessions?: readonly SessionPlan[]
  /** Certificates in the organisation's store. */
  readonly stored?: readonly CertificateName[]
  readonly flags?: Partial<Flags>
  /** `hash_key_function`; default `murmur64`. */
  readonly hash?: string
  readonly stores?: "fail"
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
  /** The list holds PEM text, as it is or with its line breaks turned into spaces. */
  readonly written?: "lines" | "spaces" | undefined
}

export interface SessionPlan {
  /** By which rows name its token. */
  readonly name: string
  /** `certificate`: the key that anybody can compute; default a key of its own. */
  readonly key?: "certificate"
  readonly certificate?: CertificateName | "unreadable"
  readonly bindings?: readonly CertificateName[]
  readonly orgId?: string
  readonly active?: false
  readonly expiresAt?: number
  readonly apis?: readonly string[]
}

const identities = {
  keyless: { _tag: "keyless" },
  token: { _tag: "authToken", certificate: false },
  dynamic: { _tag: "authToken", certificate: true },
} satisfies Record<string, Identity>

const authorities: ReadonlySet<CertificateName> = new Set(["root", "intermediate", "otherRoot"])

/** What a guard is made of, or replaced by. */
export function generationOf(
  world: World,
  certificates: Certificates,
  answers?: ResponsesInput,
): Generation {
  const { apis, sessions = [], stored = [], flags = {}, hash = "murmur64", stores } = world
  const routes = createRoutes(
    apis.map(({ path, id = path, host = "*" }) => ({ apiId: id, host, listenPath: path })),
  )
  if (routes._tag === "problems") throw new TypeError(JSON.stringify(routes.problems))
  const compiled = apis.map((api): [string, Api] => [
    api.id ?? api.path,
    apiOf(api, flags, certificates, answers),
  ])
  const records = sessions.map((plan) => knownOf(plan, certificates, hash))
  const ids = stored.map((name) => orgId + certificates[name].sha256)
  const fail = (): never => {
    throw new Error("the store is down")
  }
  return {
    policies: {
      routes,
      apis: new Map(compiled),
      keys: { hashKeyFunction: hash, minTokenLength: 0 },
      responses: responses(answers),
    },
    sessions:
      stores === "fail"
        ? fail
        : memorySessions(new Map(records.map((known) => [known.key, storedSession(known)]))),
    certificates: stores === "fail" ? fail : memoryCertificates(new Set(ids)),
  }
}

function apiOf(
  plan: ApiPlan,
  flags: Partial<Flags>,
  certificates: Certificates,
  answers: ResponsesInput | undefined,
): Api {
  const anchors = (plan.list ?? []).filter((name) => authorities.has(name))
  const compiled: Policy = policy({
    apiId: plan.id ?? plan.path,
    orgId,
    identity: identities[plan.identity],
    staticMtls: staticMtlsOf(plan, anchors, certificates),
    flags,
    stripAuthorizationData: plan.strip === true,
    ...(answers !== undefined && { responses: answers }),
  })
  const token = tokenSource({ useParam: true, useCookie: true })
  if (anchors.length === 0) return { policy: compiled, token }
  const trust = createTrust({ anchors: anchors.map((name) => certificates[name].der) })
  return { policy: compiled, token, trust }
}

function staticMtlsOf(
  { list, written }: ApiPlan,
  anchors: readonly CertificateName[],
  certificates: Certificates,
): PolicyInput["staticMtls"] {
  if (list === undefined) return "off"
  return {
    leaves: list.map((name) =>
      written === undefined ? certificates[name].sha256 : digestOf(certificates[name].pem, written),
    ),
    anchors: anchors.map((name) => certificates[name].sha256),
  }
}

function digestOf(pem: string, written: "lines" | "spaces"): string {
  const [der] = readPem(written === "lines" ? pem : pem.replaceAll("\n", " ")).certificates
  if (der === undefined) throw new TypeError("the list holds no certificate")
  return sha256(der)
}

function knownOf(plan: SessionPlan, certificates: Certificates, hash: string): KnownSession {
  const { certificate = "none", bindings, orgId: org = orgId } = plan
  return {
    key: keyOf(plan, certificates, hash),
    orgId: org,
    active: plan.active ?? true,
    expiresAt: plan.expiresAt ?? "never",
    apis: plan.apis ?? "all",
    certificate:
      certificate === "none" || certificate === "unreadable"
        ? certificate
        : certificates[certificate].sha256,
    bindings: bindings?.map((name) => certificates[name].sha256) ?? "none",
  }
}

/** The store key of a session, which is its token too. */
export function keyOf(plan: SessionPlan, certificates: Certificates, hash = "murmur64"): string {
  const { key, certificate, name, orgId: org = orgId } = plan
  const isComputed = key === "certificate" && certificate !== undefined
  const holder = isComputed && certificate !== "unreadable" ? certificate : undefined
  const id = holder === undefined ? ownId(name) : certificates[holder].sha256
  return storeKey(org, id, hash)
}

/** 32 hexadecimal digits that belong to a name. */
function ownId(name: string): string {
  return Buffer.from(name.padEnd(16, "-")).toString("hex").slice(0, 32)
}
