import type { IncomingHttpHeaders } from "node:http"
import type { Socket } from "node:net"
import { TLSSocket } from "node:tls"
import { Connection, type ConnectionFacts } from "@countersign/guard"
import type { RequestHead } from "@countersign/http"
import { presentedChain } from "./chain.ts"
import { nameOfSession } from "./session-name.ts"

/** What requests of node:http, node:https and node:http2 have in common. */
export interface Message {
  readonly httpVersionMajor: number
  readonly method?: string | undefined
  url?: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly rawHeaders: string[]
  readonly socket: Socket
}

/**
 * The facts of a connection, read once; later calls return the same object.
 * Under HTTP/2 the socket of a request is a new proxy each time: what is kept must be kept by the
 * socket behind it, of which a session has exactly one.
 */
export function connectionOf(socket: Socket): Connection {
  const carrier = socket as Socket & { [evidence]?: Connection }
  const known = carrier[evidence]
  if (known !== undefined) return known
  const read = readConnection(socket)
  carrier[evidence] = read
  return read
}

const evidence = Symbol("countersign.connection")

function readConnection(socket: Socket): Connection {
  if (!(socket instanceof TLSSocket)) {
    return new Connection({ encrypted: false, serverName: undefined, chain: [] })
  }
  const resumed = socket.isSessionReused()
  return new Connection({
    encrypted: true,
    serverName: serverNameOf(socket, resumed),
    chain: presentedChain(socket),
    resumed,
  })
}

/** Of a resumed session Node tells the server name under TLS 1.3 only. */
function serverNameOf(socket: TLSSocket, resumed: boolean): ConnectionFacts["serverName"] {
  const { servername } = socket as { servername?: unknown }
  const name = typeof servername === "string" && servername !== "" ? servername : undefined
  return socket.getProtocol() === "TLSv1.3" ? name : nameOfSession(socket, name, resumed)
}

/** The head of a request as it was sent; read before anything changes it. */
export function headOf(message: Message): RequestHead {
  return new MessageHead(message)
}

/** A class, because a function made for each request costs more than all that it is asked. */
class MessageHead implements RequestHead {
  readonly method: string
  readonly target: string
  readonly authority: string | undefined
  readonly #message: Message
  readonly #host: string | undefined

  constructor(message: Message) {
    this.#message = message
    this.#host = seenHost(message)
    this.method = message.method ?? ""
    this.target = message.url ?? ""
    this.authority =
      (message.httpVersionMajor === 2 ? onlyValue(message.rawHeaders, ":authority") : undefined) ??
      this.#host
  }

  header(name: string): string | undefined {
    if (name === "cookie") return this.#message.headers.cookie
    return name === "host" ? this.#host : firstValue(this.#message.rawHeaders, name)
  }
}

/** Node hands a limited number of lines to the application: a host that it does not see is none we can read. */
function seenHost({ rawHeaders, headers, httpVersionMajor }: Message): string | undefined {
  const host = onlyValue(rawHeaders, "host")
  return httpVersionMajor === 2 || host === headers.host ? host : `${host},${headers.host}`
}

/** A second Host line (RFC 9112 §3.2: refuse) makes the host a list, which no reader accepts. */
function onlyValue(rawHeaders: readonly string[], name: string): string | undefined {
  const first = indexOf(rawHeaders, name, 0)
  if (first < 0) return undefined
  const second = indexOf(rawHeaders, name, first + 1)
  return second < 0 ? rawHeaders[first] : `${rawHeaders[first]},${rawHeaders[second]}`
}

/** The first line counts, also where Node would join several. */
function firstValue(rawHeaders: readonly string[], name: string): string | undefined {
  return rawHeaders[indexOf(rawHeaders, name, 0)]
}

/** Where the value of a line stands, -1 if there is none; names and values alternate. */
function indexOf(rawHeaders: readonly string[], name: string, from: number): number {
  for (let i = from; i + 1 < rawHeaders.length; i += 2) {
    const candidate = rawHeaders[i]
    if (candidate?.length !== name.length) continue
    if (candidate === name || candidate.toLowerCase() === name) return i + 1
  }
  return -1
}
