import type { CertificateName } from "../certificates.ts"
import type { ApiPlan, SessionPlan, World } from "../world.ts"
import { type Row, rowsOf } from "./row.ts"

const past = Date.UTC(2021, 0, 1)

function keyless(...list: readonly CertificateName[]): World {
  return { apis: [{ path: "/api", identity: "keyless", list }] }
}

function token(session: Omit<SessionPlan, "name"> = {}, api: Partial<ApiPlan> = {}): World {
  return {
    apis: [{ path: "/api", identity: "token", ...api }],
    sessions: [{ name: "session", ...session }],
    stored: ["C1", "C2", "expired", "future"],
  }
}

const dynamic = { identity: "dynamic" } as const
const named: World = {
  apis: [
    { path: "/api", host: "a.example", identity: "keyless", list: ["C1"] },
    { path: "/api-b", host: "b.example", identity: "keyless", list: ["C1", "C2"] },
    { path: "/tokens", host: "b.example", identity: "token" },
    { path: "/dynamic", host: "b.example", identity: "dynamic" },
    { path: "/wild", host: "*.w.example", identity: "keyless", list: ["C1"] },
  ],
  sessions: [{ name: "session" }, { name: "bound", bindings: ["C1"] }],
  stored: ["C1"],
}
const instead: World = {
  ...token({ bindings: ["C3"] }, { list: ["C1"] }),
  stored: ["C3"],
  flags: { boundCertificateSatisfiesAllowList: true },
}

/** The boundaries of the decision, each from both sides where a row above does not show the other. */
export const boundaryRows: readonly Row[] = [
  ...rowsOf(
    keyless("C1"),
    `
    admit: no TLS         | a listed certificate cannot be shown | -  | - | plain | mtls.tls_required
    admit: no certificate | -                                    | -  | - | -     | mtls.cert_required
    admit: listed         | -                                    | C1 | - | -     | Allow
  `,
  ),
  ...rowsOf(
    keyless(),
    `
    admit: empty list | - | C1 | - | - | mtls.cert_not_allowed
  `,
  ),
  ...rowsOf(
    keyless("expired"),
    `
    admit: listed, expired | - | expired | - | - | auth.cert_expired
  `,
  ),
  ...rowsOf(
    keyless("future"),
    `
    admit: listed, not yet valid | - | future | - | - | auth.cert_not_yet_valid
  `,
  ),
  ...rowsOf(
    keyless("root"),
    `
    admit: signed by a listed authority | -                  | direct                             | - | - | Allow
    admit: signed by its intermediate   | sent with the leaf | indirect intermediate              | - | - | Allow
    admit: intermediate missing         | -                  | indirect                           | - | - | mtls.cert_not_allowed
    admit: path among strangers         | any order          | indirect C3 otherRoot intermediate | - | - | Allow
  `,
  ),
  ...rowsOf(
    keyless("intermediate"),
    `
    admit: a listed intermediate | the root need not be | indirect | - | - | Allow
  `,
  ),
  ...rowsOf(
    keyless("root"),
    `
    admit: another authority of that subject | -                  | stranger otherRoot | - | - | mtls.cert_not_allowed
    admit: for servers only                  | extended key usage | serverOnly         | - | - | mtls.cert_not_allowed
  `,
  ),
  ...rowsOf(
    keyless("C1"),
    `
    admit: decoy leaf | the victim's certificate behind the attacker's | C3 C1 | - | - | mtls.cert_not_allowed
  `,
  ),
  ...rowsOf(
    keyless("root"),
    `
    admit: decoy authority | a listed authority behind the attacker's leaf | C3 root | - | - | mtls.cert_not_allowed
  `,
  ),
  ...rowsOf(
    instead,
    `
    admit: binding instead of the list                | flag on | C3 | session  | - | Allow
    admit: binding instead of the list, unknown token | flag on | C3 | nobody's | - | mtls.cert_not_allowed
  `,
  ),
  ...rowsOf(
    token(),
    `
    identify: no token                | - | - | -        | -     | auth.auth_field_missing
    identify: unknown token           | - | - | nobody's | -     | auth.key_not_found
    identify: known token             | - | - | session  | -     | Allow
    identify: known token without TLS | - | - | session  | plain | Allow
  `,
  ),
  ...rowsOf(
    token({ orgId: "other" }),
    `
    identify: token of another organisation | - | - | session | - | auth.key_not_found
  `,
  ),
  ...rowsOf(
    token({ key: "certificate", certificate: "C1" }),
    `
    identify: computed token, no certificate      | seed S1 | -  | session | - | auth.key_not_found
    identify: computed token, its certificate     | -       | C1 | session | - | Allow
    identify: computed token, another certificate | -       | C2 | session | - | auth.key_not_found
  `,
  ),
  ...rowsOf(
    token({ certificate: "C1" }, dynamic),
    `
    identify: dynamic without TLS | - | - | session | plain | auth.cert_required
  `,
  ),
  ...rowsOf(
    token({ key: "certificate", certificate: "expired" }, dynamic),
    `
    identify: dynamic, expired | - | expired | - | - | auth.cert_expired
  `,
  ),
  ...rowsOf(
    token({ key: "certificate", certificate: "future" }, dynamic),
    `
    identify: dynamic, not yet valid | - | future | - | - | auth.cert_not_yet_valid
  `,
  ),
  ...rowsOf(
    token({ key: "certificate", certificate: "C1" }, dynamic),
    `
    identify: dynamic, decoy | the victim's certificate behind the attacker's | C3 C1 | - | - | auth.cert_mismatch
  `,
  ),
  ...rowsOf(
    { ...token({ key: "certificate", certificate: "C1" }, dynamic), stored: [] },
    `
    identify: dynamic, not stored | - | C1 | - | - | auth.cert_not_found
  `,
  ),
  ...rowsOf(
    token({ bindings: ["C1"] }),
    `
    bind: no certificate      | a stolen token | -  | session | -     | auth.cert_mismatch
    bind: another certificate | a stolen token | C2 | session | -     | auth.cert_mismatch
    bind: without TLS         | -              | -  | session | plain | auth.cert_mismatch
    bind: the certificate     | -              | C1 | session | -     | Allow
  `,
  ),
  ...rowsOf(
    token({ bindings: ["expired"] }),
    `
    bind: expired | - | expired | session | - | auth.cert_expired
  `,
  ),
  ...rowsOf(
    { ...token({ bindings: ["C1"] }), stored: [] },
    `
    bind: not stored | - | C1 | session | - | auth.cert_not_found
  `,
  ),
  ...rowsOf(
    token({ active: false }),
    `
    check: inactive | - | - | session | - | auth.key_inactive
  `,
  ),
  ...rowsOf(
    token({ expiresAt: past }),
    `
    check: expired | - | - | session | - | auth.key_expired
  `,
  ),
  ...rowsOf(
    token({ apis: ["/other"] }),
    `
    check: another API | - | - | session | - | auth.access_denied
  `,
  ),
  ...rowsOf(
    named,
    `
    host: agrees                         | -                                       | C1 | -       | /api host:a.example                    | Allow
    host: disagrees                      | one host's handshake, another's request | C1 | -       | /api-b host:b.example sni:a.example      | mtls.misdirected
    host: disagrees, dynamic             | -                                       | C1 | -       | /dynamic host:b.example sni:a.example  | mtls.misdirected
    host: disagrees, bound token         | -                                       | C1 | bound   | /tokens host:b.example sni:a.example   | mtls.misdirected
    host: disagrees, no certificate read | an API that reads no certificate        | -  | session | /tokens host:b.example sni:a.example   | Allow
    host: upper case and port            | -                                       | C1 | -       | /api host:a.EXAMPLE:8443 sni:A.Example | Allow
    host: trailing dot                   | -                                       | C1 | -       | /api host:a.example. sni:a.example     | Allow
    host: trailing dot of another        | -                                       | C1 | -       | /api-b host:b.example. sni:a.example     | mtls.misdirected
    host: no server name                 | the default context asks                | C1 | -       | /api host:a.example sni:none           | Allow
    host: no server name, no certificate | -                                       | -  | -       | /api host:a.example sni:none           | mtls.cert_required
    host: an address                     | reaches the routes of every host        | C1 | -       | /api host:[::1]:443 sni:none           | guard.no_policy
    host: wildcard                       | -                                       | C1 | -       | /wild host:x.w.example                 | Allow
    host: two names of one wildcard      | select the same policies                | C1 | -       | /wild host:y.w.example sni:x.w.example | Allow
    host: wildcard and another           | -                                       | C1 | -       | /wild host:y.w.example sni:a.example   | mtls.misdirected
  `,
  ),
  ...rowsOf(
    token(),
    `
    guard: no policy                           | -                      | - | session | /nowhere    | guard.no_policy
    guard: a prefix that ends within a segment | -                      | - | session | /apix       | guard.no_policy
    guard: escaped slash                       | two readers, two paths | - | session | /api/x%2f.. | guard.bad_request
    guard: doubled slash                       | -                      | - | session | //api       | guard.bad_request
  `,
  ),
  ...rowsOf(
    { ...token(), stores: "fail" },
    `
    guard: a store that fails | - | - | session | - | guard.unavailable
  `,
  ),
]
