import { createServer as createPlain, type IncomingMessage, type ServerResponse } from "node:http"
import {
  createServer as createHttp2,
  createSecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from "node:http2"
import { createServer } from "node:https"
import { createServerOptions, protect, verdictOf } from "@countersign/node"
import type { Host } from "./host.ts"
import { listening } from "./listening.ts"
import { bodyLength, seen } from "./seen.ts"

export const nodeHttp1: Host = {
  name: "node:https",
  http: 1,
  start: (guard, tls, options) =>
    listening(
      protect(
        tls === "plain" ? createPlain(answer) : createServer(createServerOptions(tls), answer),
        guard,
        options,
      ),
    ),
}

export const nodeHttp2: Host = {
  name: "node:http2",
  http: 2,
  start: (guard, tls, options) =>
    listening(
      protect(
        tls === "plain"
          ? createHttp2(answer)
          : createSecureServer(createServerOptions(tls), answer),
        guard,
        options,
      ),
    ),
}

async function answer(
  request: IncomingMessage | Http2ServerRequest,
  response: ServerResponse | Http2ServerResponse,
): Promise<void> {
  const length = await bodyLength(request)
  response.setHeader("content-type", "application/json")
  response.end(JSON.stringify(seen(request, verdictOf(request), undefined, length)))
}
