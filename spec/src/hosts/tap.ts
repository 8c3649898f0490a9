import type { AddressInfo } from "node:net"
import { connect, createServer, type Socket } from "node:net"

/** A relay that keeps what the server sends: on TLS 1.2 the handshake is readable. */
export interface Tap {
  readonly port: number
  readonly received: () => Buffer
  readonly close: () => void
}

export async function tap(port: number): Promise<Tap> {
  const parts: Buffer[] = []
  const ignore = (): void => {}
  const relay = createServer((client: Socket) => {
    const server = connect(port, "127.0.0.1")
    server.on("data", (part) => parts.push(part))
    for (const socket of [client, server]) socket.on("error", ignore)
    client.pipe(server).pipe(client)
  })
  await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve))
  return {
    port: (relay.address() as AddressInfo).port,
    received: () => Buffer.concat(parts),
    close: () => relay.close(),
  }
}
