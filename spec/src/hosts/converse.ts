import { type ConnectionOptions, connect, type TLSSocket } from "node:tls"

/** Opens a TLS connection, whatever the server's certificate. */
export function open(port: number, options: ConnectionOptions = {}): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false, ...options })
    socket.once("error", reject)
    socket.once("secureConnect", () => resolve(socket))
  })
}

/** Writes HTTP/1 as text and reads the status codes of so many answers. */
export function statuses(socket: TLSSocket, text: string, answers: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    let received = ""
    const codes = (): string[] =>
      [...received.matchAll(/HTTP\/1\.1 ([2-5]\d\d|101) /g)].map(([, code = ""]) => code)
    const listen = (data: Buffer): void => {
      received += data.toString("latin1")
      if (codes().length >= answers) end()
    }
    const end = (): void => {
      socket.off("data", listen)
      resolve(codes())
    }
    socket.on("data", listen)
    socket.once("close", end)
    socket.once("error", reject)
    socket.write(text)
  })
}
