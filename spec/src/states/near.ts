import {
  credentials,
  invalidToken,
  kinds,
  list,
  path,
  peer,
  policies,
  token,
  unknownToken,
  withoutPeer,
} from "./parts.ts"
import type { Product } from "./product.ts"
import { farCredentials, nearCredentials, sessions } from "./sessions.ts"
import { type ConnectionState, noToken, type PolicyState } from "./state.ts"

/**
 * Without an allow list, and with an empty one, the text never comes to revocation: one mode each, the strictest.
 * A leaf that is listed is asked whether it is revoked, which `soft` and `hard` ask alike; one that is not listed
 * is met by every mode. All combinations are in the product of admission.
 */
const lists = [
  list("off", "hard"),
  list("empty", "hard"),
  list("unlisted", "off"),
  list("unlisted", "soft"),
  list("unlisted", "hard"),
  list("listed", "off"),
  list("listed", "hard"),
]

const chained = path("ours", "inside", "good")
const revoked = path("ours", "inside", "revoked")

/**
 * Admit is the only rule that reads paths, and what the others can see of it is its verdict and whether L is revoked:
 * one list of paths for each answer. All lists of up to two paths are the product of admission.
 * When the host disagrees the text forbids every look at the certificate: its most permissive look is enough.
 */
const connections: readonly ConnectionState[] = [
  ...withoutPeer,
  peer("inside"),
  peer("inside", [chained]),
  peer("inside", [path("ours", "inside", "unknown")]),
  peer("inside", [path("ours", "before", "good")]),
  peer("inside", [path("ours", "after", "good")]),
  peer("inside", [revoked]),
  peer("inside", [path("foreign", "inside", "revoked")]),
  peer("before"),
  peer("before", [chained]),
  peer("after"),
  peer("after", [chained]),
  peer("absent"),
  peer("absent", [chained]),
  peer("inside", [chained], "disagrees"),
  peer("before", [chained], "disagrees"),
  peer("after", [chained], "disagrees"),
  peer("absent", [chained], "disagrees"),
]

/**
 * Every policy × connection × token session; the certificate's session absent, the same,
 * or differing from the token's in exactly one attribute.
 */
export function nearStates(): Product {
  return {
    name: "near",
    policies: [
      ...policies({ lists, identities: kinds("authToken", "dynamic") }),
      ...keyless({ tokenAuth: [0], binding: [0], boundList: [0] }),
      ...keyless({ tokenAuth: [1], binding: [0], boundList: [1] }),
    ],
    connections,
    credentials: nearCredentials,
  }
}

/** Every flag speaks of a token's session, and keyless has none: all flags safe, and those that open on. */
function keyless(flags: {
  readonly tokenAuth: readonly number[]
  readonly binding: readonly number[]
  readonly boundList: readonly number[]
}): PolicyState[] {
  return policies({ lists, identities: kinds("keyless"), ...flags })
}

/** What is missing from `nearStates` to the full product: the certificate's session differs in more. */
export function farStates(): Product {
  return { ...nearStates(), name: "far", credentials: farCredentials() }
}

/** The token is a verified jwt. What a list does before any credential is asked is in the other products. */
export function jwtStates(): Product {
  const tokens = [
    noToken,
    invalidToken,
    ...(["none", "L", "other", "malformed"] as const).flatMap((confirmation) => [
      unknownToken(confirmation),
      ...sessions.map((session) => token(session, confirmation)),
    ]),
  ]
  const holders = ["absent", "enrolled", "unenrolled", "other leaf", "other org"] as const
  return {
    name: "jwt",
    policies: policies({
      lists: [list("off", "hard"), list("listed", "hard")],
      identities: kinds("jwt"),
    }),
    connections,
    credentials: tokens.flatMap((jwt) => holders.map((holder) => credentials({ jwt, holder }))),
  }
}
