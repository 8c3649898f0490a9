import { type PolicyInput, policy, responses } from "@countersign/engine"
import {
  createGuard,
  createTrust,
  type Generation,
  type Guard,
  type KnownSession,
  memoryCertificates,
  memorySessions,
  storedSession,
} from "@countersign/guard"
import { createRoutes, tokenSource } from "@countersign/http"

export const orgId = "5e9d9544a1dcd60001d0ed20"

export interface WorldApi extends Omit<PolicyInput, "orgId"> {
  /** DER of the authorities in the allow list. */
  readonly authorities?: readonly Uint8Array[]
}

export interface World {
  readonly apis: readonly WorldApi[]
  readonly sessions?: readonly KnownSession[]
  /** SHA-256 of the certificates in the organisation's store. */
  readonly enrolled?: readonly string[]
  /** `hash_key_function`; default none. */
  readonly hashKeyFunction?: string
}

/** A guard over stores in memory; every API is at `/<apiId>` of every host. */
export function guardOf(world: World): Guard {
  return createGuard(generationOf(world))
}

/** Policies and stores, which several guards may share. */
export function generationOf({
  apis,
  sessions = [],
  enrolled = [],
  hashKeyFunction = "",
}: World): Generation {
  const routes = createRoutes(
    apis.map(({ apiId }) => ({ apiId, host: "*", listenPath: `/${apiId}` })),
  )
  if (routes._tag === "problems") throw new Error(JSON.stringify(routes.problems))
  const stored = sessions.map((one) => [one.key, storedSession(one)] as const)
  return {
    policies: {
      routes,
      apis: new Map(apis.map((api) => [api.apiId, compiled(api)])),
      keys: { hashKeyFunction, minTokenLength: 0 },
      responses: responses(),
    },
    sessions: memorySessions(new Map(stored)),
    certificates: memoryCertificates(new Set(enrolled.map((sha256) => orgId + sha256))),
  }
}

function compiled({ authorities = [], ...input }: WorldApi) {
  const token = input.identity._tag === "keyless" ? ("none" as const) : tokenSource({})
  const api = { policy: policy({ ...input, orgId }), token }
  return authorities.length === 0 ? api : { ...api, trust: createTrust({ anchors: authorities }) }
}

/** A session of the world's organisation: active, in time, with rights to everything. */
export function knownSession(key: string, rest: Partial<KnownSession> = {}): KnownSession {
  return {
    key,
    orgId,
    active: true,
    expiresAt: "never",
    apis: "all",
    certificate: "none",
    bindings: "none",
    ...rest,
  }
}
