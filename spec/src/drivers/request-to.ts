import { ask, type Reply } from "./ask.ts"
import type { Answer, Cannot, Driver, Exchange } from "./driver.ts"

/** Where a gateway listens. */
export interface Address {
  /** Default the loopback address. */
  readonly address?: string
  readonly tls: number | "none"
  /** The port without TLS, on which the same APIs are served. */
  readonly plain: number | "none"
  /** Version of HTTP; default 1. */
  readonly http?: 1 | 2
}

/** The `request` of a driver whose gateway listens on the network; it tells status, headers and body. */
export function requestTo(place: Address): Driver["request"] {
  return async (exchange, signal): Promise<Answer | Cannot> => {
    const port = place[exchange.transport]
    if (port === "none") return { cannot: `there is no port for ${exchange.transport}` }
    const once = (session?: Buffer): Promise<Reply> =>
      ask({
        ...askedOf(exchange),
        port,
        http: place.http ?? 1,
        address: place.address,
        signal,
        session,
      })
    const first = await once()
    if (!exchange.resumed) return answerOf(first)
    if (first.session === undefined) return { cannot: "TLS sessions are not resumed" }
    return answerOf(await once(first.session))
  }
}

function askedOf(exchange: Exchange) {
  const { transport, client, serverName, host, method, path, headers, body } = exchange
  return {
    plain: transport === "plain",
    ...{ method, path, headers },
    ...(body !== "" && { body }),
    host: host === "none" ? undefined : host,
    serverName: serverName === "none" ? undefined : serverName,
    ...(client !== "none" && { cert: client.chainPem, key: client.privateKeyPem }),
  }
}

function answerOf({ status, headers, body }: Reply): Answer {
  return { status, headers, body }
}
