import { policyClasses } from "../../states/dimensions.ts"
import type { PolicyState } from "../../states/state.ts"
import {
  type Misreading,
  type Reading,
  takesConnection,
  takesPolicy,
  takesToken,
} from "../misreading.ts"

const plain = { connection: { transport: "plain" } } as const
const bare = { connection: { transport: "bare" } } as const
const lists = { staticMtls: ["empty", "unlisted", "listed"] } as const

const dynamic = policyClasses.identity.indexOf("dynamic")
const authToken = policyClasses.identity.indexOf("authToken")

/** Dynamic mTLS as if it asked for a token, in alternatives too. */
const tokenForCertificate: Reading = {
  part: "policy",
  read: (policy: PolicyState) => {
    const one = (identity: number): number => (identity === dynamic ? authToken : identity)
    const asks = policy.identity === dynamic || policy.groups.some((all) => all.includes(dynamic))
    return asks
      ? {
          ...policy,
          identity: one(policy.identity),
          groups: policy.groups.map((group) => group.map(one)),
        }
      : policy
  },
}

/** What a connection is: its server name, and whether there is TLS and a certificate at all. */
export const transportRows: readonly Misreading[] = [
  {
    class: "host-and-server-name",
    rule: "server name and host are not compared",
    takes: takesConnection({ host: "disagrees" }, { host: "agrees" }),
  },
  {
    class: "no-tls-skips-requirement",
    rule: "without TLS the allow list is not asked",
    where: plain,
    takes: takesPolicy(lists, { staticMtls: "off" }),
  },
  {
    class: "no-tls-skips-requirement",
    rule: "without TLS a token answers for the certificate",
    where: plain,
    takes: tokenForCertificate,
  },
  {
    class: "no-tls-skips-requirement",
    rule: "without TLS bindings are not asked",
    where: plain,
    takes: takesPolicy({ binding: "yes" }, { binding: "no" }),
  },
  {
    class: "no-tls-skips-requirement",
    rule: "without TLS confirmations are not asked",
    where: plain,
    takes: takesToken({ confirmation: ["L", "other", "malformed"] }, { confirmation: "none" }),
  },
  {
    class: "required-acted-as-optional",
    rule: "a client that sends no certificate is not asked for one by the allow list",
    where: bare,
    takes: takesPolicy(lists, { staticMtls: "off" }),
  },
  {
    class: "required-acted-as-optional",
    rule: "a bound token without any certificate passes",
    where: bare,
    takes: takesPolicy({ binding: "yes" }, { binding: "no" }),
  },
  {
    class: "required-acted-as-optional",
    rule: "a confirmed token without any certificate passes",
    where: bare,
    takes: takesToken({ confirmation: ["L", "other", "malformed"] }, { confirmation: "none" }),
  },
  {
    class: "token-alone",
    rule: "over TLS without a certificate a token answers for it",
    where: bare,
    takes: tokenForCertificate,
  },
  {
    class: "token-alone",
    rule: "without TLS a token answers for the certificate",
    where: plain,
    takes: tokenForCertificate,
  },
]
