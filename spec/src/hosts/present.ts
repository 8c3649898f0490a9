import { answers } from "./answers.ts"
import type { Certificates } from "./certificates.ts"
import type { Asked, Reply } from "./client.ts"
import type { Host } from "./host.ts"
import type { Row } from "./rows/row.ts"
import { keyOf, orgId } from "./world.ts"

/** A row as a request. */
export function present(row: Row, certificates: Certificates, { http }: Host, port: number): Asked {
  const [leaf, ...others] = row.certs.map((name) => certificates[name])
  const token = tokenOf(row, certificates)
  return {
    port,
    http,
    plain: row.plain,
    path: row.path,
    host: row.host,
    serverName: row.serverName,
    cert: leaf?.chainPem(...others),
    key: leaf?.privateKeyPem,
    headers: token === undefined ? {} : { authorization: token },
  }
}

function tokenOf({ token, world }: Row, certificates: Certificates): string | undefined {
  const plan = world.sessions?.find(({ name }) => name === token)
  if (plan !== undefined) return keyOf(plan, certificates, world.hash)
  if (token !== "id:C1") return token
  return orgId + certificates.C1.sha256
}

/** What of an answer every host must give alike. */
export interface Answer {
  readonly status: number
  readonly type: string | undefined
  readonly cache: string | undefined
  readonly challenge: string | undefined
  readonly length: string | undefined
  readonly body: string
}

export function answerOf({ status, headers, body }: Reply): Answer {
  return {
    status,
    type: headers["content-type"],
    cache: headers["cache-control"],
    challenge: headers["www-authenticate"],
    length: headers["content-length"],
    body,
  }
}

/** The answer to a row that is denied. */
export function denialOf(row: Row, certificates: Certificates): Answer | undefined {
  if (row.expect === "Allow") return undefined
  const [status, message] = answers[row.expect]
  const [leaf] = row.certs
  const hex = leaf === undefined ? "" : certificates[leaf].sha256
  const body = JSON.stringify({ error: message.replace("<hex>", hex) })
  return {
    status,
    type: "application/json",
    cache: "no-store",
    challenge: status === 401 ? "Bearer" : undefined,
    length: String(body.length),
    body,
  }
}
