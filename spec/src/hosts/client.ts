import { type IncomingHttpHeaders, request as requestPlain } from "node:http"
import { connect as connectHttp2 } from "node:http2"
import { request as requestTls } from "node:https"

/** One request as a client makes it, on a connection of its own. */
export interface Asked {
  readonly port: number
  readonly http: 1 | 2
  readonly plain?: boolean
  readonly method?: string
  readonly path: string
  /** `Host` or `:authority`; default the address. */
  readonly host?: string | undefined
  /** TLS server name; default none. */
  readonly serverName?: string | undefined
  readonly cert?: string | undefined
  readonly key?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export function ask(asked: Asked): Promise<Reply> {
  return asked.http === 2 ? askHttp2(asked) : askHttp1(asked)
}

function askHttp1(asked: Asked): Promise<Reply> {
  const { port, method = "GET", path, serverName = "", cert, key, host, body } = asked
  const headers = { ...(host !== undefined && { host }), ...asked.headers }
  const common = { host: "127.0.0.1", port, method, path, headers, agent: false as const }
  const credentials = { servername: serverName, rejectUnauthorized: false, cert, key }
  return new Promise((resolve, reject) => {
    const request = asked.plain ? requestPlain(common) : requestTls({ ...common, ...credentials })
    request.on("error", reject)
    request.on("response", (response) => {
      let text = ""
      response.setEncoding("utf8")
      response.on("data", (part: string) => {
        text += part
      })
      response.on("error", reject)
      response.on("end", () => {
        const { statusCode: status = 0, headers: received } = response
        resolve({ status, headers: received, body: text })
      })
    })
    request.end(body)
  })
}

function askHttp2(asked: Asked): Promise<Reply> {
  const { port, method = "GET", path, serverName, cert, key, host, body } = asked
  const session = connectHttp2(`${asked.plain ? "http" : "https"}://127.0.0.1:${port}`, {
    rejectUnauthorized: false,
    ...(serverName !== undefined && { servername: serverName }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
  })
  return new Promise<Reply>((resolve, reject) => {
    session.on("error", reject)
    const stream = session.request({
      ":method": method,
      ":path": path,
      ...(host !== undefined && { ":authority": host }),
      ...asked.headers,
    })
    let text = ""
    let headers: IncomingHttpHeaders = {}
    stream.on("response", (received) => {
      headers = received
    })
    stream.setEncoding("utf8")
    stream.on("data", (part: string) => {
      text += part
    })
    stream.on("error", reject)
    stream.on("end", () => resolve({ status: Number(headers[":status"]), headers, body: text }))
    stream.end(body)
  }).finally(() => session.destroy())
}
