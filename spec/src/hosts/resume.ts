import { type ConnectionOptions, connect } from "node:tls"

export interface Exchanged {
  readonly status: string
  /** For a later connection. */
  readonly session: Buffer | undefined
  readonly reused: boolean
}

/** One connection, one HTTP/1 request; its TLS session is kept. */
export function exchange(
  port: number,
  { path, host = "a", token }: { path: string; host?: string; token?: string },
  options: ConnectionOptions,
): Promise<Exchanged> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false, ...options })
    let session: Buffer | undefined
    let received = ""
    socket.on("session", (ticket: Buffer) => {
      session = ticket
    })
    socket.on("error", reject)
    socket.on("data", (data: Buffer) => {
      received += data.toString("latin1")
    })
    socket.on("end", () => {
      const status = /^HTTP\/1\.1 (\d{3}) /.exec(received)?.[1] ?? "none"
      resolve({ status, session: session ?? socket.getSession(), reused: socket.isSessionReused() })
      socket.destroy()
    })
    const credential = token === undefined ? "" : `Authorization: ${token}\r\n`
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${credential}\r\n`)
  })
}
