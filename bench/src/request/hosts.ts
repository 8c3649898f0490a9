import type { IncomingMessage, RequestListener, ServerResponse } from "node:http"
import { createServer } from "node:https"
import type { Server } from "node:net"
import { createHook, countersign as fastifyPlugin } from "@countersign/fastify"
import type { Guard } from "@countersign/guard"
import { countersign as koaMiddleware } from "@countersign/koa"
import { createProtectedServer } from "@countersign/node"
import { admit, createGate, judge } from "@countersign/node/host"
import {
  type FastifyInstance,
  fastify,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerBase,
} from "fastify"
import Koa from "koa"
import type { HostName, Tls } from "./protocol.ts"

/**
 * A server whose requests pass as many guards: none for the bare host, the first as its adapter
 * passes it. No two in a row may be the same, because an adapter does not ask a guard again that has
 * just decided about a request.
 */
export async function createHost(
  name: HostName,
  tls: Tls,
  guards: readonly Guard[],
): Promise<Server> {
  const options = { ...tls, requestCert: true, rejectUnauthorized: false }
  if (name === "node") return nodeHost(options, guards)
  if (name === "koa") return createServer(options, koaHost(guards))
  const isHttp2 = name === "fastify.http2"
  return isHttp2
    ? fastifyHost(fastify({ http2: true, https: options }), guards)
    : fastifyHost(fastify({ https: options }), guards)
}

const body = "ok"

function nodeHost(tls: Tls, [first, ...others]: readonly Guard[]): Server {
  const gates = others.map((guard) => createGate(guard))
  const handler = (request: IncomingMessage, response: ServerResponse): void => {
    for (const gate of gates) {
      const verdict = judge(gate, request)
      if (verdict instanceof Promise || verdict._tag === "Deny") throw new Error("it is allowed")
      admit(gate, request, verdict)
    }
    response.end(body)
  }
  return first === undefined
    ? createServer(tls, handler)
    : createProtectedServer(first, tls, handler)
}

function koaHost(guards: readonly Guard[]): RequestListener {
  const app = new Koa()
  for (const guard of guards) app.use(koaMiddleware({ guard }))
  app.use((ctx) => {
    ctx.body = body
  })
  return app.callback()
}

async function fastifyHost<S extends Server & RawServerBase>(
  app: FastifyInstance<S, RawRequestDefaultExpression<S>, RawReplyDefaultExpression<S>>,
  [first, ...others]: readonly Guard[],
): Promise<Server> {
  if (first !== undefined) await app.register(fastifyPlugin, { guard: first })
  for (const guard of others) app.addHook("onRequest", createHook({ guard }))
  app.get("/*", () => body)
  await app.ready()
  return app.server
}
