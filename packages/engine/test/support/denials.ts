import type { ChangeId } from "../../src/explain.ts"
import { fingerprint } from "../../src/index.ts"
import type { Rule } from "../../src/rules/trace.ts"
import {
  alice,
  anyOf,
  authority,
  bob,
  computableOf,
  dynamic,
  enrolledAlice,
  good,
  holderOf,
  hour,
  jwt,
  keyless,
  leafOf,
  now,
  type PolicyParts,
  pathOf,
  peerOf,
  type RequestParts,
  revoked,
  second,
  sessionOf,
  token,
  tokenOf,
  unknown,
  withAlice,
} from "./given.ts"

/** A denial, the rule that denies and the change that it asks for. */
export type Denial = readonly [Rule, ChangeId, PolicyParts, RequestParts]

const expired = leafOf(alice, { notBefore: 0, notAfter: now - second })
const early = leafOf(alice, { notBefore: now + second, notAfter: now + hour })
const listed: PolicyParts = {
  identity: keyless,
  staticMtls: { leaves: [alice], anchors: [authority] },
}
const anchored: PolicyParts = {
  identity: keyless,
  staticMtls: { leaves: [], anchors: [authority] },
}
const dynamicApi: PolicyParts = { identity: dynamic }
const jwtApi: PolicyParts = { identity: jwt }
const own = sessionOf({ certificate: enrolledAlice })
const bound = tokenOf(sessionOf({ bindings: [alice] }))
const confirmed = tokenOf(sessionOf(), fingerprint(alice))

const admission: readonly Denial[] = [
  ["admit.tls", "use_tls", listed, { peer: "plain" }],
  ["admit.host", "connect_with_this_host", listed, { ...withAlice, hostAgrees: false }],
  ["admit.certificate", "present_certificate", listed, {}],
  ["admit.refused", "list_certificate", anchored, withAlice],
  ["admit.refused", "wait_for_certificate", listed, { peer: peerOf({ leaf: early }) }],
  ["admit.refused", "renew_certificate", listed, { peer: peerOf({ leaf: expired }) }],
  [
    "admit.refused",
    "wait_for_path",
    anchored,
    { peer: peerOf({ paths: [pathOf({ notBefore: now + second })] }) },
  ],
  [
    "admit.refused",
    "renew_path",
    anchored,
    { peer: peerOf({ paths: [pathOf({ notAfter: now - second })] }) },
  ],
  [
    "admit.refused",
    "present_unrevoked_certificate",
    { ...listed, revocation: "soft" },
    { peer: peerOf({ revoked: true, paths: [pathOf({ revocation: revoked })] }) },
  ],
  [
    "admit.refused",
    "provide_revocation_status",
    { ...anchored, revocation: "hard" },
    { peer: peerOf({ paths: [pathOf({ revocation: unknown })] }) },
  ],
  [
    "admit.refused",
    "provide_revocation_status",
    { ...anchored, revocation: "hard" },
    { peer: peerOf({ paths: [pathOf({ revocation: { ...good, freshUntil: now - second } })] }) },
  ],
]

const identification: readonly Denial[] = [
  ["identify.host", "connect_with_this_host", dynamicApi, { hostAgrees: false }],
  ["identify.certificate", "present_certificate", dynamicApi, { authToken: tokenOf(own) }],
  ["identify.presented", "present_token", {}, {}],
  ["identify.presented", "present_token", jwtApi, {}],
  ["identify.verified", "present_verifiable_jwt", jwtApi, { jwt: "invalid" }],
  ["identify.known", "present_known_token", {}, { authToken: tokenOf() }],
  ["identify.known", "present_known_token", jwtApi, { jwt: tokenOf() }],
  ["identify.known", "present_known_token", dynamicApi, { ...withAlice, authToken: tokenOf() }],
  [
    "identify.known",
    "present_token_of_organisation",
    {},
    { authToken: tokenOf(sessionOf({ orgId: "other" })) },
  ],
  [
    "identify.known",
    "present_token_of_organisation",
    dynamicApi,
    { ...withAlice, authToken: tokenOf(sessionOf({ orgId: "other", bindings: [alice] })) },
  ],
  ["identify.known", "present_certificate_of_token", {}, { authToken: tokenOf(computableOf()) }],
  [
    "identify.known",
    "present_certificate_of_token",
    {},
    { ...withAlice, hostAgrees: false, authToken: tokenOf(computableOf()) },
  ],
  [
    "identify.known",
    "present_certificate_of_token",
    jwtApi,
    { ...withAlice, peer: peerOf({ leaf: expired }), jwt: tokenOf(computableOf()) },
  ],
  [
    "identify.named_enrolled",
    "enrol_named_certificate",
    { ...dynamicApi, flags: { allowDynamicMtlsTokenAuth: true } },
    { authToken: tokenOf(sessionOf({ certificate: { sha256: alice, enrolled: false } })) },
  ],
  ["identify.valid", "renew_certificate", dynamicApi, { peer: peerOf({ leaf: expired }) }],
  ["identify.valid", "wait_for_certificate", dynamicApi, { peer: peerOf({ leaf: early }) }],
  ["identify.session", "register_session_for_certificate", dynamicApi, withAlice],
  [
    "identify.session",
    "register_session_for_certificate",
    dynamicApi,
    { ...withAlice, authToken: tokenOf(sessionOf()) },
  ],
  [
    "identify.agrees",
    "omit_token",
    dynamicApi,
    {
      ...withAlice,
      holder: holderOf({ session: own }),
      authToken: tokenOf(sessionOf({ id: "s2", active: false })),
    },
  ],
  [
    "identify.enrolled",
    "enrol_certificate",
    dynamicApi,
    { ...withAlice, holder: holderOf({ enrolled: false, session: own }) },
  ],
]

const binding: readonly Denial[] = [
  [
    "bind.host",
    "connect_with_this_host",
    {},
    { ...withAlice, hostAgrees: false, authToken: bound },
  ],
  ["bind.certificate", "present_bound_certificate", {}, { authToken: bound }],
  ["bind.certificate", "present_bound_certificate", {}, { peer: "plain", authToken: bound }],
  ["bind.valid", "renew_certificate", {}, { peer: peerOf({ leaf: expired }), authToken: bound }],
  ["bind.valid", "wait_for_certificate", {}, { peer: peerOf({ leaf: early }), authToken: bound }],
  [
    "bind.listed",
    "present_bound_certificate",
    {},
    { ...withAlice, authToken: tokenOf(sessionOf({ bindings: [bob] })) },
  ],
  [
    "bind.listed",
    "present_bound_certificate",
    dynamicApi,
    {
      ...withAlice,
      holder: holderOf({ session: sessionOf({ certificate: enrolledAlice, bindings: [] }) }),
    },
  ],
  ["bind.enrolled", "enrol_certificate", {}, { peer: peerOf(), authToken: bound }],
  [
    "bind.enrolled",
    "enrol_certificate",
    {},
    { ...withAlice, holder: holderOf({ orgId: "other" }), authToken: bound },
  ],
]

const confirmation: readonly Denial[] = [
  [
    "confirm.readable",
    "present_readable_confirmation",
    jwtApi,
    { peer: peerOf(), jwt: tokenOf(sessionOf(), "malformed") },
  ],
  [
    "confirm.host",
    "connect_with_this_host",
    jwtApi,
    { peer: peerOf(), hostAgrees: false, jwt: confirmed },
  ],
  ["confirm.certificate", "present_confirmed_certificate", jwtApi, { jwt: confirmed }],
  [
    "confirm.valid",
    "renew_certificate",
    jwtApi,
    { peer: peerOf({ leaf: expired }), jwt: confirmed },
  ],
  [
    "confirm.valid",
    "wait_for_certificate",
    jwtApi,
    { peer: peerOf({ leaf: early }), jwt: confirmed },
  ],
  [
    "confirm.equal",
    "present_confirmed_certificate",
    jwtApi,
    { peer: peerOf(), jwt: tokenOf(sessionOf(), fingerprint(bob)) },
  ],
]

const checks: readonly Denial[] = [
  ["check.active", "activate_session", {}, { authToken: tokenOf(sessionOf({ active: false })) }],
  [
    "check.unexpired",
    "extend_session",
    {},
    { authToken: tokenOf(sessionOf({ expiresAt: now - second })) },
  ],
  ["check.api", "grant_api", {}, { authToken: tokenOf(sessionOf({ apis: ["invoices"] })) }],
  [
    "check.active",
    "activate_session",
    { identity: anyOf([token], [jwt]) },
    { authToken: tokenOf(), jwt: tokenOf(sessionOf({ active: false })) },
  ],
]

/** Every rule that denies, with every change that it can ask for. */
export const denials: readonly Denial[] = [
  ...admission,
  ...identification,
  ...binding,
  ...confirmation,
  ...checks,
]
