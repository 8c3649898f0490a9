import fc from "fast-check"
import { decisions, type Presented } from "../arbitrary/cases.ts"
import { jwt, keyless, token } from "../arbitrary/policies.ts"
import { withRequest } from "../change.ts"
import type { Law } from "../law.ts"
import { sameAnswer } from "../make-law.ts"

/** This bounds the law of bound tokens: what is not read here is another API's to refuse. */
export const unread: readonly Law[] = [
  sameAnswer(
    {
      id: "what-an-api-does-not-read-never-matters",
      sentence:
        "an API that asks for nobody reads no token and no store, one that takes tokens reads no jwt, and one that takes a jwt no other token",
      sources: ["design:keyless", "design:identify"],
      onlyCatches: "reads-every-credential",
    },
    {
      pairs: fc
        .tuple(
          decisions({ identity: fc.constantFrom(keyless, token, jwt) }),
          decisions({ jwt: fc.constantFrom<(Presented | "invalid")[]>("none", 0, "invalid") }),
        )
        .map(([one, { request: other }]) => {
          const { credentials } = one.request
          const { identity } = one.policy
          if (identity._tag === "keyless") {
            const { holder } = other
            return [one, withRequest(one, { credentials: other.credentials, holder })] as const
          }
          const read =
            identity._tag === "jwt"
              ? { authToken: other.credentials.authToken, jwt: credentials.jwt }
              : { authToken: credentials.authToken, jwt: other.credentials.jwt }
          return [one, withRequest(one, { credentials: read })] as const
        }),
    },
  ),
]
