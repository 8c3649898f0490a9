import { type PolicyInput, policy, responses } from "@countersign/engine"
import {
  createGuard,
  type FindSessions,
  type Guard,
  memoryCertificates,
  memorySessions,
  storedSession,
} from "@countersign/guard"

export const token = "acme5d41402abc4b2a76b9719d911017c592"

export const bearer = { authorization: `Bearer ${token}` }

const records = new Map([
  [
    token,
    storedSession({
      key: token,
      orgId: "acme",
      active: true,
      expiresAt: "never",
      apis: "all",
      certificate: "none",
      bindings: "none",
    }),
  ],
])

/** Every path is an API of its own that takes the token; `/keyless` takes none. */
export function guardFor(find: FindSessions = memorySessions(records)): Guard {
  const apis = ["/token", "/other", "/strip", "/keyless", "/"].map((apiId) => apiOf(apiId))
  return createGuard({
    policies: {
      routes: {
        _tag: "routes",
        match: (_host, path) => apis.find(({ apiId }) => path.startsWith(apiId))?.apiId,
        groupOf: () => 0,
        isOneGroup: true,
        apisOf: () => [],
      },
      apis: new Map(
        apis.map((input) => [
          input.apiId,
          {
            policy: policy(input),
            token: { header: "authorization", query: "key", cookie: undefined },
          },
        ]),
      ),
      keys: { hashKeyFunction: "", minTokenLength: 0 },
      responses: responses(),
    },
    sessions: find,
    certificates: memoryCertificates(new Set()),
  })
}

/** The store's answers, each after a turn of the event loop. */
export const slow: FindSessions = async (keys) => memorySessions(records)(keys)

function apiOf(apiId: string): PolicyInput {
  return {
    apiId,
    orgId: "acme",
    staticMtls: "off",
    identity:
      apiId === "/keyless" ? { _tag: "keyless" } : { _tag: "authToken", certificate: false },
    stripAuthorizationData: apiId === "/strip",
  }
}
