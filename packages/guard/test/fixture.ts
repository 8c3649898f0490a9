import { type PolicyInput, policy, responses } from "@countersign/engine"
import { createRoutes, type RequestHead, type Route, tokenSource } from "@countersign/http"
import type { Issued } from "@countersign/pki"
import type { KnownSession } from "../src/authorize.ts"
import {
  Connection,
  createGuard,
  type Guard,
  type GuardOptions,
  memoryCertificates,
  memorySessions,
  type PolicySet,
  storedSession,
} from "../src/index.ts"

export const now: number = Date.UTC(2030, 0, 1)
export const orgId = "acme"

export const secretToken = "acme5d41402abc4b2a76b9719d911017c592"

export function api(apiId: string, rest: Partial<PolicyInput> = {}): PolicyInput {
  return {
    apiId,
    orgId,
    staticMtls: "off",
    identity: { _tag: "authToken", certificate: false },
    ...rest,
  }
}

export function session(key: string, rest: Partial<KnownSession> = {}): KnownSession {
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

export function policySet(
  apis: readonly PolicyInput[],
  hosts: Readonly<Record<string, string>> = {},
): PolicySet {
  const table: Route[] = apis.map(({ apiId }) => ({
    apiId,
    host: hosts[apiId] ?? "*",
    listenPath: `/${apiId}`,
  }))
  const routes = createRoutes(table)
  if (routes._tag === "problems") throw new Error(JSON.stringify(routes.problems))
  return {
    routes,
    apis: new Map(
      apis.map((input) => [
        input.apiId,
        {
          policy: policy(input),
          token: input.identity._tag === "keyless" ? "none" : tokenSource({}),
        },
      ]),
    ),
    keys: { hashKeyFunction: "", minTokenLength: 0 },
    responses: responses(),
  }
}

export interface World {
  readonly apis: readonly PolicyInput[]
  readonly hosts?: Readonly<Record<string, string>>
  readonly sessions?: readonly KnownSession[]
  readonly enrolled?: readonly Issued[]
}

export function guardOf(world: World, over: Partial<GuardOptions> = {}): Guard {
  const sessions = new Map((world.sessions ?? []).map((known) => [known.key, storedSession(known)]))
  const enrolled = new Set((world.enrolled ?? []).map(({ sha256 }) => `${orgId}${sha256}`))
  return createGuard({
    policies: policySet(world.apis, world.hosts),
    sessions: memorySessions(sessions),
    certificates: memoryCertificates(enrolled),
    ...over,
  })
}

export function head(target: string, headers: Readonly<Record<string, string>> = {}): RequestHead {
  return {
    method: "GET",
    target,
    authority: headers["host"],
    header: (name) => headers[name],
  }
}

export function tls(chain: readonly Issued[], serverName?: string): Connection {
  return new Connection({ encrypted: true, serverName, chain: chain.map(({ der }) => der) })
}

export const plain: Connection = new Connection({
  encrypted: false,
  serverName: undefined,
  chain: [],
})
