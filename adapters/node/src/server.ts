import type { RequestListener } from "node:http"
import { createServer, type Server, type ServerOptions } from "node:https"
import type { Guard } from "@countersign/guard"
import type { ProtectOptions } from "./gate.ts"
import { protect } from "./protect.ts"
import { createServerOptions } from "./server-options.ts"

/** Creates an HTTPS server with `createServerOptions`, protected. */
export function createProtectedServer(
  guard: Guard,
  tls: ServerOptions,
  handler: RequestListener,
  options: ProtectOptions = {},
): Server {
  return protect(createServer(createServerOptions(tls), handler), guard, options)
}
