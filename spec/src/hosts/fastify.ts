import countersign from "@countersign/fastify"
import type { Guard } from "@countersign/guard"
import { createServerOptions, type NodeServer, type ProtectOptions } from "@countersign/node"
import Fastify, { type FastifyInstance, type RawServerBase } from "fastify"
import type { Host, Running } from "./host.ts"
import { running } from "./listening.ts"
import { bodyLength, seen } from "./seen.ts"

export const fastifyHttp1: Host = {
  name: "Fastify",
  http: 1,
  start: (guard, tls, options) =>
    start(
      guard,
      options,
      tls === "plain" ? Fastify() : Fastify({ https: createServerOptions(tls) }),
    ),
}

export const fastifyHttp2: Host = {
  name: "Fastify over HTTP/2",
  http: 2,
  start: (guard, tls, options) =>
    start(
      guard,
      options,
      tls === "plain"
        ? Fastify({ http2: true })
        : Fastify({ http2: true, https: createServerOptions(tls) }),
    ),
}

async function start<S extends RawServerBase>(
  guard: Guard,
  options: ProtectOptions | undefined,
  app: FastifyInstance<S>,
): Promise<Running> {
  await app.register(countersign, { guard, ...options })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser("*", async (_request: unknown, body: AsyncIterable<Buffer>) =>
    bodyLength(body),
  )
  app.all("/*", async ({ raw, verdict, query, originalUrl, body }) =>
    seen(raw, verdict, { query, originalUrl }, typeof body === "number" ? body : 0),
  )
  await app.listen({ port: 0, host: "127.0.0.1" })
  return running(app.server as NodeServer, () => app.close())
}
