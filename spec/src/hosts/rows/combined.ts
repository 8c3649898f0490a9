import type { CertificateName } from "../certificates.ts"
import type { SessionPlan, World } from "../world.ts"
import { type Row, rowsOf } from "./row.ts"

const flags = { allowDynamicMtlsTokenAuth: true }

function keyOf(certificate: CertificateName): SessionPlan {
  return { name: `of ${certificate}`, key: "certificate", certificate }
}

const ofC1 = keyOf("C1")
const stored: readonly CertificateName[] = ["C1", "C2", "C3"]

function world(api: World["apis"][number], ...sessions: readonly SessionPlan[]): World {
  return { apis: [api], sessions, stored, flags }
}

const combined = { path: "/combined", identity: "dynamic", list: ["C1", "C2"] } as const
const dynamic = { path: "/dynamic", identity: "dynamic" } as const
const statically = { path: "/static", identity: "token", list: ["C1", "C2"] } as const
const strict = { path: "/strict", identity: "dynamic", list: ["C1"] } as const
const k1: SessionPlan = { ...ofC1, name: "k1", bindings: ["C1", "C2"] }
const k2: SessionPlan = { ...keyOf("C2"), name: "k2", bindings: ["C2", "C1"] }

/** Static and dynamic mTLS and bindings together, with tokens alone allowed. */
export const combinedRows: readonly Row[] = [
  ...rowsOf(
    world(combined, ofC1),
    `
    X1 | certificate and its token                      | C1 | of C1 | - | Allow              | 200
    X2 | a listed certificate with the token of another | C2 | of C1 | - | auth.cert_mismatch | 401 status
  `,
  ),
  ...rowsOf(
    world(combined, keyOf("C3")),
    `
    X3 | an unlisted certificate and its token | C3 | of C3 | - | mtls.cert_not_allowed | 403
  `,
  ),
  ...rowsOf(
    world(combined, ofC1),
    `
    X4 | no certificate                   | -  | of C1         | - | mtls.cert_required | 403
    X5 | certificate and an unknown token | C1 | invalid-token | - | auth.key_not_found | 403
  `,
  ),
  ...rowsOf(
    world(combined, ofC1, { name: "bound", bindings: ["C1"] }),
    `
    X6 | certificate and a token bound to it | C1 | bound | - | Allow | 200
  `,
  ),
  ...rowsOf(
    world(combined, ofC1, { name: "bound", bindings: ["C3"] }),
    `
    X7 | certificate and a token bound to another | C1 | bound | - | auth.cert_mismatch | 401 status
  `,
  ),
  ...rowsOf(
    world(dynamic, ofC1),
    `
    X8 | dynamic alone: certificate and its token | C1 | of C1 | - | Allow              | 200
    X9 | dynamic alone: the token of another      | C2 | of C1 | - | auth.cert_mismatch | 401 status
  `,
  ),
  ...rowsOf(
    world(statically, { name: "free" }),
    `
    X10 | static alone: listed certificate and a token | C1 | free | - | Allow                 | 200
    X11 | static alone: unlisted certificate           | C3 | free | - | mtls.cert_not_allowed | 403
  `,
  ),
  ...rowsOf(
    world(strict, { name: "bound", bindings: ["C2"] }),
    `
    X12 | an unlisted certificate and a token bound to it | C2 | bound | - | mtls.cert_not_allowed | 403
  `,
  ),
  ...rowsOf(
    world(strict, ofC1),
    `
    X13 | the listed certificate and its token | C1 | of C1 | - | Allow | 200
  `,
  ),
  ...rowsOf(
    world(strict, { name: "free" }),
    `
    X14 | an unlisted certificate and an unbound token | C2 | free | - | mtls.cert_not_allowed | 403
  `,
  ),
  ...rowsOf(
    world(strict, ofC1),
    `
    X15 | an unlisted certificate alone                | C2 | -             | - | mtls.cert_not_allowed | 403
    X16 | an unlisted certificate and an unknown token | C2 | invalid-token | - | mtls.cert_not_allowed | 403
  `,
  ),
  ...rowsOf(
    world(dynamic, ofC1),
    `
    X17 | an expired certificate with the token of another | expired | of C1 | - | auth.cert_expired | 403
    X18 | certificate and its token                        | C1      | of C1 | - | Allow             | 200
  `,
  ),
  ...rowsOf(
    world(dynamic, { name: "lost", certificate: "unreadable" }),
    `
    X19 | the token of a session that names no certificate there is | - | lost | - | auth.cert_not_found | 403
  `,
  ),
  ...rowsOf(
    world(dynamic, { name: "free" }),
    `
    X20 | a token without certificate, flag on | - | free | - | Allow | 200
  `,
  ),
  ...rowsOf(
    world(combined, k1, k2),
    `
    X21 | several bindings, first certificate  | C1 | k1 | - | Allow | 200
    X22 | several bindings, second certificate | C2 | k2 | - | Allow | 200
  `,
  ),
]
