import { request as plainRequest } from "node:http"
import { Agent, type RequestOptions, request as tlsRequest } from "node:https"
import { TLSSocket } from "node:tls"

/** What one client sends. */
export interface ClientRequest {
  readonly port: number
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** Absent: plain HTTP. */
  readonly tls?: {
    readonly authority: string
    readonly serverName: string | undefined
    readonly client: { readonly chain: string; readonly key: string } | undefined
    readonly resumed: boolean
  }
}

/** What one client sees. */
export interface ClientResponse {
  readonly status: number
  readonly body: string
}

const TIMEOUT = 5000

/** Sends one request on a connection of its own, as curl would, and reads the answer. */
export async function send(request: ClientRequest, signal: AbortSignal): Promise<ClientResponse> {
  const { port, path, headers, tls } = request
  const common = { host: "127.0.0.1", port, path, headers, signal, timeout: TIMEOUT }
  if (tls === undefined) return (await exchange(plainRequest, { ...common, agent: false })).response
  const agent = new Agent({ keepAlive: false, maxCachedSessions: tls.resumed ? 1 : 0 })
  const options: RequestOptions = {
    ...common,
    agent,
    ca: tls.authority,
    ...(tls.serverName !== undefined && { servername: tls.serverName }),
    ...(tls.client && { cert: tls.client.chain, key: tls.client.key }),
  }
  const first = await exchange(tlsRequest, options)
  if (!tls.resumed) return first.response
  const second = await exchange(tlsRequest, options)
  if (!second.resumed) throw new Error("the server did not resume the TLS session")
  return second.response
}

interface Exchange {
  readonly response: ClientResponse
  readonly resumed: boolean
}

function exchange(
  send: typeof plainRequest | typeof tlsRequest,
  options: RequestOptions,
): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    const request = send(options, (response) => {
      const { socket } = response
      const resumed = socket instanceof TLSSocket && socket.isSessionReused()
      const chunks: Buffer[] = []
      response.on("data", (chunk: Buffer) => chunks.push(chunk))
      response.on("error", reject)
      response.on("end", () => {
        const body = Buffer.concat(chunks).toString("utf8")
        resolve({ response: { status: response.statusCode ?? 0, body }, resumed })
      })
    })
    request.on("timeout", () => request.destroy(new Error(`no answer within ${TIMEOUT} ms`)))
    request.on("error", reject)
    request.end()
  })
}
