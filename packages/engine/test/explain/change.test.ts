import { describe, expect, it } from "vitest"
import type { ChangeId } from "../../src/explain.ts"
import { explain } from "../../src/index.ts"
import { denials } from "../support/denials.ts"
import { alice, policyOf, requestOf, sessionOf, tokenOf } from "../support/given.ts"

/** What an operator reads, per change; `present_certificate` and two others have one sentence per rule. */
const sentences: Readonly<Record<ChangeId, readonly string[]>> = {
  use_tls: ["connect with TLS"],
  connect_with_this_host: ["open a connection whose TLS server name is the host of the request"],
  present_certificate: ["present a client certificate"],
  list_certificate: [
    `add certificate ${alice}, or an authority it validly chains to, to the allow list of API orders`,
  ],
  wait_for_certificate: [`wait until certificate ${alice} is valid`],
  renew_certificate: [`renew certificate ${alice}`],
  wait_for_path: [`wait until the authorities above certificate ${alice} are valid`],
  renew_path: [`renew the expired authority above certificate ${alice}`],
  present_unrevoked_certificate: [`present another certificate: ${alice} has been revoked`],
  provide_revocation_status: [`provide a current CRL for every issuer above ${alice}`],
  present_token: ["present a token"],
  present_verifiable_jwt: ["present a JWT that can be verified"],
  present_known_token: ["present a token that the session store knows"],
  present_token_of_organisation: ["present a token of the organisation of API orders"],
  present_certificate_of_token: [
    "present the enrolled certificate of the session: its key can be computed from public data",
  ],
  register_session_for_certificate: [`create a session whose certificate is ${alice}`],
  omit_token: ["omit the token, or present the token of the certificate's own session"],
  enrol_certificate: [`add certificate ${alice} to the certificate store`],
  enrol_named_certificate: ["add the session's certificate to the certificate store"],
  present_bound_certificate: [
    "present a certificate that the token is bound to",
    `present a certificate that the token is bound to, or bind ${alice}`,
  ],
  present_readable_confirmation: ["present a token with one x5t#S256 confirmation (RFC 8705)"],
  present_confirmed_certificate: ["present the certificate that the token confirms"],
  activate_session: ["activate the session"],
  extend_session: ["renew the session or its expiry"],
  grant_api: ["give the session access to API orders"],
}

describe("the smallest change", () => {
  it.each(denials)("of %s, %s, is one sentence for an operator", (_, id, policy, request) => {
    const { change } = explain(policyOf(policy), requestOf(request))
    expect(change?.id).toBe(id)
    expect(sentences[id]).toContain(change?.text)
  })

  it("is reached for every id", () => {
    const reached = new Set(denials.map(([, id]) => id))
    expect([...reached].sort()).toEqual(Object.keys(sentences).sort())
  })

  it("names an API whose id has a meaning in replacements", () => {
    const policy = policyOf({ apiId: "$&$'<leaf>" })
    const request = requestOf({ authToken: tokenOf(sessionOf({ apis: [] })) })
    expect(explain(policy, request).change?.text).toBe("give the session access to API $&$'<leaf>")
  })
})
