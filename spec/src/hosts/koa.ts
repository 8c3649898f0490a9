import { createServer as createPlain } from "node:http"
import { createServer as createHttp2, createSecureServer } from "node:http2"
import { createServer } from "node:https"
import type { Guard } from "@countersign/guard"
import { countersign } from "@countersign/koa"
import { createServerOptions, type ProtectOptions, protectSideEntrances } from "@countersign/node"
import Koa from "koa"
import type { Host } from "./host.ts"
import { listening } from "./listening.ts"
import { bodyLength, seen } from "./seen.ts"

export const koaHttp1: Host = {
  name: "Koa",
  http: 1,
  start: (guard, tls, options) => {
    const handler = createApp(guard, options)
    const server =
      tls === "plain" ? createPlain(handler) : createServer(createServerOptions(tls), handler)
    return listening(protectSideEntrances(server, guard, options))
  },
}

export const koaHttp2: Host = {
  name: "Koa over HTTP/2",
  http: 2,
  start: (guard, tls, options) => {
    const handler = createApp(guard, options)
    const server =
      tls === "plain" ? createHttp2(handler) : createSecureServer(createServerOptions(tls), handler)
    return listening(protectSideEntrances(server, guard, options))
  },
}

function createApp(guard: Guard, options: ProtectOptions = {}): ReturnType<Koa["callback"]> {
  const app = new Koa().use(countersign({ guard, ...options })).use(async (ctx) => {
    const { originalUrl, query, state } = ctx
    const kept = { originalUrl, query, request: ctx.request.originalUrl }
    ctx.body = seen(ctx.req, state.verdict, kept, await bodyLength(ctx.req))
  })
  app.silent = true
  return app.callback()
}
