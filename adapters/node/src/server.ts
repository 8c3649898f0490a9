import type { RequestListener } from "node:http"
import { createServer, type Server, type ServerOptions } from "node:https"
import type { Guard } from "@countersign/guard"
import type { ProtectOptions } from "./gate.ts"
import { protect } from "./protect.ts"
import { createServerOptions, type HandshakeOptions } from "./server-options.ts"

/** Creates an HTTPS server with `createServerOptions`, protected. */
export function createProtectedServer(
  guard: Guard,
  tls: ServerOptions,
  handler: RequestListener,
  options: ProtectOptions & HandshakeOptions = {},
): Server {
  return protect(createServer(createServerOptions(tls, options), handler), guard, options)
}
