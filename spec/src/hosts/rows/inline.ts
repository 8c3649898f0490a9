import type { ApiPlan, World } from "../world.ts"
import { type Row, rowsOf } from "./row.ts"

function listed(written: ApiPlan["written"]): World {
  const host = "localhost"
  return { apis: [{ path: "/inline", host, identity: "keyless", list: ["C1"], written }] }
}

/** Allow lists that hold certificates as text. */
export const inlineRows: readonly Row[] = [
  ...rowsOf(
    listed("lines"),
    `
    F1 | certificate as PEM | C1 | - | host:localhost | Allow              | 200
    F2 | no certificate     | -  | - | host:localhost | mtls.cert_required | handshake handshake
  `,
  ),
  ...rowsOf(
    listed("spaces"),
    `
    F7 | line breaks turned into spaces | C1 | - | host:localhost | Allow | 200
  `,
  ),
]
