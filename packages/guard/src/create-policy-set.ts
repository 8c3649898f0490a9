import {
  type Policy,
  type PolicyInput,
  policy,
  type ResponsesInput,
  responses,
} from "@countersign/engine"
import { createRoutes, type TokenSourceInput, tokenSource } from "@countersign/http"
import type { Trust } from "./evidence/trust.ts"
import type { Api, KeyRules, PolicySet } from "./policy-set.ts"

/** One API of a server. */
export interface ApiOptions {
  /** Its rule, compiled or as plain data. */
  readonly policy: Policy | PolicyInput
  /** The path under which it is served; `/` serves everything. */
  readonly path: string
  /** The host it is served for, `*.example.com` for every subdomain; default `*`, every host. */
  readonly host?: string
  /** Where its token stands; default the `Authorization` header. */
  readonly token?: TokenSourceInput
  /** What the authorities of its allow list are; see `createTrust`. */
  readonly trust?: Trust
}

export interface PolicySetOptions {
  /** How store keys are formed; the default is that of a store whose keys are the tokens themselves. */
  readonly keys?: Partial<KeyRules>
  /** The guard's own answers. */
  readonly responses?: ResponsesInput
}

/** Makes the policies of one server; a path or host that cannot be served, or served twice, is a `TypeError`. */
export function createPolicySet(
  apis: readonly ApiOptions[],
  options: PolicySetOptions = {},
): PolicySet {
  const compiled = apis.map((api) => ({ ...api, policy: compile(api.policy) }))
  const ids = new Set(compiled.map(({ policy: { apiId } }) => apiId))
  if (ids.size < compiled.length) throw new TypeError("two APIs have one apiId")
  const routes = createRoutes(
    compiled.map(({ policy: { apiId }, host = "*", path }) => ({ apiId, host, listenPath: path })),
  )
  if (routes._tag === "problems") {
    throw new TypeError(routes.problems.map(({ message }) => message).join("; "))
  }
  return {
    routes,
    apis: new Map(compiled.map((api) => [api.policy.apiId, toApi(api)])),
    keys: { hashKeyFunction: "", minTokenLength: 0, ...options.keys },
    responses: responses(options.responses),
  }
}

/** A compiled policy has its obligations; plain data has not. */
function compile(given: Policy | PolicyInput): Policy {
  return "obligations" in given ? given : policy(given)
}

function toApi({ policy: compiled, token, trust }: ApiOptions & { readonly policy: Policy }): Api {
  const source = compiled.identity._tag === "keyless" ? "none" : tokenSource(token ?? {})
  const api = { policy: compiled, token: source } as const
  return trust === undefined ? api : { ...api, trust }
}
