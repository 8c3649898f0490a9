import type { AddressInfo } from "node:net"
import type { NodeServer } from "@countersign/node"
import type { Running } from "./host.ts"

/** Listens on the loopback address, on a port that is free. */
export async function listening(server: NodeServer): Promise<Running> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return running(server, () => {
    server.close()
    return Promise.resolve()
  })
}

/** What there is to know of a server that listens. */
export function running(server: NodeServer, close: () => Promise<unknown>): Running {
  const sockets = new Set<{ destroy: () => void }>()
  server.on("connection", (socket) => {
    sockets.add(socket)
    socket.once("close", () => sockets.delete(socket))
  })
  return {
    server,
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
