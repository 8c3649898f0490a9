import type { Deny, Verdict } from "@countersign/engine"
import { answerTo, type Guard } from "@countersign/guard"
import {
  admit,
  createGate,
  type Gate,
  judge,
  type Message,
  type ProtectOptions,
  stripTarget,
} from "@countersign/node/host"
import { NoGuardError } from "./errors.ts"
import { apiOf, type RouteRule } from "./route-rule.ts"

export interface CountersignOptions extends ProtectOptions {
  readonly guard: Guard
}

/** What the hook needs of a request; requests of every Fastify server have it. */
interface HookRequest {
  readonly raw: Message & { originalUrl?: string }
  readonly routeOptions: { readonly config: { readonly countersign?: RouteRule } }
  readonly log: { readonly info: (facts: object, text: string) => void }
  readonly query: unknown
  verdict: Verdict | null
}

interface HookReply {
  readonly code: (status: number) => unknown
  readonly headers: (headers: Record<string, string>) => unknown
  readonly send: (body: Buffer) => unknown
}

export type CountersignHook = (request: HookRequest, reply: HookReply, done: () => void) => void

/** The bare `onRequest` hook, for the routes of one scope or for a single route. */
export function createHook(options: CountersignOptions): CountersignHook {
  if (options.guard === undefined) throw new NoGuardError()
  const gate = createGate(options.guard, options)
  return function countersign(request, reply, done) {
    const rule = request.routeOptions.config.countersign
    if (rule === false) {
      done()
      return
    }
    const api = apiOf(rule)
    const verdict = judge(gate, request.raw, api)
    if (verdict instanceof Promise) {
      void verdict.then((settled) => settle(gate, settled, api, request, reply, done))
    } else settle(gate, verdict, api, request, reply, done)
  }
}

function settle(
  gate: Gate,
  verdict: Verdict,
  api: string | undefined,
  request: HookRequest,
  reply: HookReply,
  done: () => void,
): void {
  request.verdict = verdict
  if (verdict._tag === "Deny") {
    deny(gate, verdict, request, reply)
    return
  }
  const stripped = admit(gate, request.raw, verdict, api)
  if (stripped !== undefined) forget(request, stripped)
  done()
}

/** As bytes: to a text of a JSON type Fastify would add a charset. */
function deny({ guard, body }: Gate, denial: Deny, { log }: HookRequest, reply: HookReply): void {
  const { reason, detail } = denial
  log.info({ reason, detail, session: guard.sessionOf(denial) }, "request denied")
  const answer = answerTo(denial, body)
  reply.code(answer.status)
  reply.headers({ ...answer.headers })
  reply.send(Buffer.from(answer.body))
}

/** Fastify has parsed the query before, and keeps a target that `rewriteUrl` replaced. */
function forget({ raw, query }: HookRequest, stripped: Parameters<typeof stripTarget>[1]): void {
  if (raw.originalUrl !== undefined) raw.originalUrl = stripTarget(raw.originalUrl, stripped)
  if (typeof query !== "object" || query === null) return
  for (const name of stripped.queryParameters) Reflect.deleteProperty(query, name)
}
