import { createHash } from "node:crypto"
import type { TLSSocket } from "node:tls"

/** Sessions whose server name is remembered; the oldest leave first. */
const MOST = 16_384

const names = new Map<string, string | undefined>()

/**
 * The server name that a TLS 1.2 session was made under. Node tells it in the full handshake only,
 * so it is remembered by a hash of the session's master secret, which resumption carries over.
 * `unknown` where the session was made elsewhere or has been forgotten.
 */
export function nameOfSession(
  socket: TLSSocket,
  name: string | undefined,
  resumed: boolean,
): string | { readonly _tag: "unknown" } | undefined {
  const key = sessionKey(socket)
  if (resumed) {
    return key !== undefined && names.has(key) ? names.get(key) : { _tag: "unknown" }
  }
  if (key !== undefined) remember(key, name)
  return name
}

function remember(key: string, name: string | undefined): void {
  names.delete(key)
  names.set(key, name)
  if (names.size <= MOST) return
  const [oldest] = names.keys()
  if (oldest !== undefined) names.delete(oldest)
}

function sessionKey(socket: TLSSocket): string | undefined {
  const session = socket.getSession()
  const secret = session === undefined ? undefined : masterSecret(session)
  return secret === undefined ? undefined : createHash("sha256").update(secret).digest("base64")
}

const SEQUENCE = 0x30
const OCTET_STRING = 0x04
const SECRET_LENGTH = 48

/** The fifth field of OpenSSL's SSL_SESSION: versions, cipher and session id come before it. */
function masterSecret(session: Buffer): Buffer | undefined {
  if (session[0] !== SEQUENCE) return undefined
  let at = headerLength(session, 0)
  for (let field = 0; field < 4; field++) {
    at += headerLength(session, at) + contentLength(session, at)
  }
  if (session[at] !== OCTET_STRING || contentLength(session, at) !== SECRET_LENGTH) return undefined
  const start = at + headerLength(session, at)
  return session.subarray(start, start + SECRET_LENGTH)
}

function headerLength(der: Buffer, at: number): number {
  const first = der[at + 1] ?? 0
  return first < 0x80 ? 2 : 2 + (first & 0x7f)
}

function contentLength(der: Buffer, at: number): number {
  const first = der[at + 1] ?? 0
  if (first < 0x80) return first
  const octets = der.subarray(at + 2, at + headerLength(der, at))
  return octets.reduce((length, octet) => length * 256 + octet, 0)
}
