import type { CertificateName } from "../certificates.ts"
import type { SessionPlan, World } from "../world.ts"
import { type Row, rowsOf } from "./row.ts"

const allow = { allowDynamicMtlsTokenAuth: true }

function keyOf(certificate: CertificateName): SessionPlan {
  return { name: `of ${certificate}`, key: "certificate", certificate }
}

const insecure: World = {
  apis: [{ path: "/dynamic-mtls", identity: "dynamic" }],
  sessions: [keyOf("C1")],
  stored: ["C1"],
  flags: allow,
}
const secure: World = { ...insecure, stored: ["C1", "C2"], flags: {} }

/** Legacy keys at an API that is the whole server. */
function whole(stored: CertificateName, sessions: readonly SessionPlan[]): World {
  return {
    apis: [{ path: "/", identity: "dynamic" }],
    hash: "",
    stored: [stored],
    sessions,
  }
}

function hosted(sessions: readonly SessionPlan[]): World {
  return {
    apis: [
      { path: "/test1", host: "localhost", identity: "dynamic" },
      { path: "/test2", identity: "keyless" },
    ],
    hash: "",
    stored: ["C2"],
    sessions,
  }
}

function pattern(sessions: readonly SessionPlan[]): World {
  return {
    apis: [{ path: "/", host: "{?:host1|host2}", identity: "dynamic" }],
    hash: "",
    stored: ["C3"],
    sessions,
  }
}

const gone: World = { ...whole("C4", [keyOf("C4")]), stored: [] }
const foreign: World = {
  ...whole("C5", [{ name: "of C5", key: "certificate", certificate: "unreadable" }]),
  flags: allow,
}

/** Dynamic mTLS: the certificate identifies the session. */
export const dynamicRows: readonly Row[] = [
  ...rowsOf(
    insecure,
    `
    A1 | certificate                                  | C1 | -     | host:localhost | Allow | 200
    A2 | token computed from the certificate, flag on | -  | id:C1 | -              | Allow | 200
    A3 | token alone, flag on                         | -  | of C1 | -              | Allow | 200
  `,
  ),
  ...rowsOf(
    secure,
    `
    A4 | certificate                         | C1      | -     | - | Allow              | 200
    A5 | nothing                             | -       | -     | - | auth.cert_required | 401 status
    A6 | token alone                         | -       | of C1 | - | auth.cert_required | 401 status
    A7 | token computed from the certificate | -       | id:C1 | - | auth.cert_required | 401 status
    A8 | expired certificate                 | expired | -     | - | auth.cert_expired  | 403
    A9 | stored certificate without session  | C2      | -     | - | auth.cert_mismatch | 401 status
  `,
  ),
  ...rowsOf(
    whole("C1", []),
    `
    A10 | stored certificate without session, legacy keys | C1 | - | / | auth.cert_mismatch | 401 status
  `,
  ),
  ...rowsOf(
    whole("C1", [keyOf("C1")]),
    `
    A13 | certificate, legacy keys | C1 | - | /                | Allow | 200
    A14 | a host that no API names | C1 | - | / host:localhost | Allow | 200
  `,
  ),
  ...rowsOf(
    hosted([]),
    `
    A15 | an API of another host | C2 | - | /test1                | guard.no_policy    | 404
    A16 | no session             | C2 | - | /test1 host:localhost | auth.cert_mismatch | 401 status
  `,
  ),
  ...rowsOf(
    hosted([keyOf("C2")]),
    `
    A18 | an API of another host | C2 | - | /test1                | guard.no_policy | 404
    A19 | certificate            | C2 | - | /test1 host:localhost | Allow           | 200
  `,
  ),
  ...rowsOf(
    { ...hosted([keyOf("C2")]), flags: allow },
    `
    A20 | token alone, flag on | - | of C2 | /test1 host:localhost | Allow | 200
  `,
  ),
  ...rowsOf(
    pattern([]),
    `
    A21  | no host of the pattern                 | C3 | - | /            | guard.no_policy    | 404
    A22  | first host of the pattern, no session  | C3 | - | / host:host1 | auth.cert_mismatch | 401 status
    A22b | second host of the pattern, no session | C3 | - | / host:host2 | auth.cert_mismatch | 401 status
  `,
  ),
  ...rowsOf(
    pattern([keyOf("C3")]),
    `
    A23 | second host of the pattern | C3 | - | / host:host2 | Allow | 200
  `,
  ),
  ...rowsOf(
    whole("C4", [keyOf("C4")]),
    `
    A24 | certificate | C4 | - | / | Allow | 200
  `,
  ),
  ...rowsOf(
    gone,
    `
    A25 | certificate taken out of the store | C4 | - | / | auth.cert_not_found | 403
  `,
  ),
  ...rowsOf(
    { ...whole("C5", [keyOf("C5")]), flags: allow },
    `
    A26 | certificate, flag on | C5 | - | / | Allow | 200
  `,
  ),
  ...rowsOf(
    foreign,
    `
    A27 | token of a session that names nonsense, flag on | -  | of C5 | / | auth.cert_not_found | 403
    A28 | certificate whose session names nonsense        | C5 | -     | / | auth.cert_mismatch  | 200 effects
    A29 | token after A28                                 | -  | of C5 | / | auth.cert_not_found | 200 effects
  `,
  ),
]
