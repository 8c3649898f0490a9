import type { IncomingMessage } from "node:http"
import type { Socket } from "node:net"
import { TLSSocket } from "node:tls"
import { Connection } from "@countersign/guard"
import type { RequestHead } from "@countersign/http"
import { presentedChain } from "./chain.ts"

const connections = new WeakMap<Socket, Connection>()

/** The facts of a socket, read once; later calls return the same object. */
export function connectionOf(socket: Socket): Connection {
  let connection = connections.get(socket)
  if (connection === undefined) {
    connection = readConnection(socket)
    connections.set(socket, connection)
  }
  return connection
}

function readConnection(socket: Socket): Connection {
  if (!(socket instanceof TLSSocket)) {
    return new Connection({ encrypted: false, serverName: undefined, chain: [] })
  }
  const { servername } = socket as { servername?: unknown }
  return new Connection({
    encrypted: true,
    serverName: typeof servername === "string" && servername !== "" ? servername : undefined,
    chain: presentedChain(socket),
  })
}

/** The head of a request as it was sent; read before anything changes it. */
export function headOf(request: IncomingMessage): RequestHead {
  const { rawHeaders } = request
  return {
    method: request.method ?? "",
    target: request.url ?? "",
    authority: onlyHost(rawHeaders),
    header: (name) =>
      name === "cookie" ? request.headers.cookie : firstValue(rawHeaders, name, 0)?.value,
  }
}

/** A second Host line (RFC 9112 §3.2: refuse) makes the host a list, which no reader accepts. */
function onlyHost(rawHeaders: readonly string[]): string | undefined {
  const first = firstValue(rawHeaders, "host", 0)
  if (first === undefined) return undefined
  const second = firstValue(rawHeaders, "host", first.next)
  return second === undefined ? first.value : `${first.value},${second.value}`
}

/** Names and values alternate; the first line counts, also where Node would join several. */
function firstValue(
  rawHeaders: readonly string[],
  name: string,
  from: number,
): { readonly value: string; readonly next: number } | undefined {
  for (let i = from; i + 1 < rawHeaders.length; i += 2) {
    const candidate = rawHeaders[i]
    if (candidate?.length === name.length && candidate.toLowerCase() === name) {
      return { value: rawHeaders[i + 1] ?? "", next: i + 2 }
    }
  }
  return undefined
}
