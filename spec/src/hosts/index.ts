import { fastifyHttp1, fastifyHttp2 } from "./fastify.ts"
import type { Host } from "./host.ts"
import { koaHttp1, koaHttp2 } from "./koa.ts"
import { nodeHttp1, nodeHttp2 } from "./node.ts"

/** Everything that must answer alike. */
export const hosts: readonly Host[] = [
  nodeHttp1,
  nodeHttp2,
  fastifyHttp1,
  fastifyHttp2,
  koaHttp1,
  koaHttp2,
]
