import { once } from "node:events"
import type { Server } from "node:net"
import { OperatorError } from "./terminal.ts"

/** Listens and returns the port; a port that cannot be had is an `OperatorError`. */
export async function listen(server: Server, port: number, host: string): Promise<number> {
  try {
    await once(server.listen(port, host), "listening")
  } catch (error) {
    const why = error instanceof Error && "code" in error ? String(error.code) : "unknown reason"
    throw new OperatorError(
      `cannot listen on ${host}:${port} (${why}); choose another port or host`,
    )
  }
  const address = server.address()
  return address === null || typeof address === "string" ? port : address.port
}

/** Closes servers and their connections, idle or not. */
export async function closeAll(
  servers: readonly (Server & { closeAllConnections?: () => void })[],
): Promise<void> {
  await Promise.all(
    servers.map(async (server) => {
      if (!server.listening) return
      const closed = once(server, "close")
      server.close()
      server.closeAllConnections?.()
      await closed
    }),
  )
}
