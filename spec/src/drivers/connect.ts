import { connect as connectTcp, type Socket } from "node:net"
import { connect as connectTls, type TLSSocket } from "node:tls"
import type { Asked } from "./ask.ts"

export interface Connected {
  readonly socket: Socket | TLSSocket
  /** The last TLS session that the server offered: tickets of TLS 1.3 come after the handshake. */
  readonly session: () => Buffer | undefined
}

/** Connects, with TLS unless `plain`, and resumes the session that is given. */
export function connect(asked: Asked): Promise<Connected> {
  const { port, address: host = "127.0.0.1", http, plain, signal } = asked
  const { cert, key, serverName: servername = "", session } = asked
  return new Promise((resolve, reject) => {
    let offered: Buffer | undefined
    const done = (): void => {
      signal?.removeEventListener("abort", abort)
      if (session !== undefined && !(isTls(socket) && socket.isSessionReused())) {
        socket.destroy()
        reject(new Error("the server did not resume the TLS session"))
      } else resolve({ socket, session: () => offered })
    }
    const abort = (): void => {
      socket.destroy(new Error("given up"))
    }
    const protocols = [http === 2 ? "h2" : "http/1.1"]
    const tls = { cert, key, servername, session, ALPNProtocols: protocols }
    const socket =
      plain === true
        ? connectTcp({ port, host }, done)
        : connectTls({ port, host, rejectUnauthorized: false, ...tls }, done)
    socket.on("session", (ticket: Buffer) => {
      offered = ticket
    })
    socket.once("error", reject)
    signal?.addEventListener("abort", abort, { once: true })
    if (signal?.aborted === true) abort()
  })
}

function isTls(socket: Socket | TLSSocket): socket is TLSSocket {
  return "isSessionReused" in socket
}
