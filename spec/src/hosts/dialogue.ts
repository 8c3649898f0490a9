import { type ClientHttp2Session, connect } from "node:http2"
import type { ConnectionOptions } from "node:tls"
import { open, statuses } from "./converse.ts"
import type { Host } from "./host.ts"

export interface Said {
  readonly path: string
  readonly host?: string
  readonly token?: string
}

/** One connection over which requests are made one after the other, whatever the HTTP version. */
export interface Dialogue {
  readonly ask: (said: Said) => Promise<string>
  readonly close: () => void
}

export async function dialogue(
  { http }: Host,
  port: number,
  options: ConnectionOptions,
): Promise<Dialogue> {
  if (http === 2) {
    const url = `https://127.0.0.1:${port}`
    const session = connect(url, { rejectUnauthorized: false, ...options })
    return { ask: (said) => askStream(session, said), close: () => session.destroy() }
  }
  const socket = await open(port, options)
  return {
    ask: async ({ path, host = "a", token }) => {
      const credential = token === undefined ? "" : `Authorization: ${token}\r\n`
      const text = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${credential}\r\n`
      const [status = "none"] = await statuses(socket, text, 1)
      return status
    },
    close: () => socket.destroy(),
  }
}

function askStream(session: ClientHttp2Session, { path, host, token }: Said): Promise<string> {
  return new Promise((resolve, reject) => {
    const stream = session.request({
      ":path": path,
      ...(host !== undefined && { ":authority": host }),
      ...(token !== undefined && { authorization: token }),
    })
    stream.on("response", ({ ":status": status }) => resolve(String(status)))
    stream.on("error", reject)
    session.on("error", reject)
    stream.resume()
    stream.end()
  })
}
