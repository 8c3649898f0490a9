import type { CertificateName } from "../certificates.ts"
import type { World } from "../world.ts"
import { type Row, rowsOf } from "./row.ts"

function bound(...bindings: readonly CertificateName[]): World {
  return {
    apis: [{ path: "/cert-binding", identity: "token", list: ["C1", "C2"] }],
    sessions: [bindings.length === 0 ? { name: "free" } : { name: "bound", bindings }],
    stored: ["C1", "C2"],
  }
}

const unresolvable: World = {
  ...bound("expired"),
  apis: [{ path: "/cert-binding", identity: "dynamic", list: ["C1"] }],
}

/** Tokens bound to certificates, on an API with an allow list. */
export const bindingRows: readonly Row[] = [
  ...rowsOf(
    bound("C1"),
    `
    B1 | the bound certificate      | C1 | bound | - | Allow              | 200
    B2 | another listed certificate | C2 | bound | - | auth.cert_mismatch | 401 status
    B3 | no certificate             | -  | bound | - | mtls.cert_required | 403
  `,
  ),
  ...rowsOf(
    bound(),
    `
    B4 | an unbound token                        | C1 | free | - | Allow | 200
    B5 | the same token with another certificate | C2 | free | - | Allow | 200
  `,
  ),
  ...rowsOf(
    unresolvable,
    `
    B6 | an expired certificate that could not be stored, so that its entry in the list resolves to nothing | expired | bound | - | mtls.cert_not_allowed | 403
  `,
  ),
]
