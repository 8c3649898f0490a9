import type { Allow } from "@countersign/engine"
import { answerTo, type Guard } from "@countersign/guard"
import { admit, createGate, judge, type ProtectOptions, stripTarget } from "@countersign/node/host"
import type { Context, Middleware } from "koa"

export interface CountersignOptions extends ProtectOptions {
  readonly guard: Guard
}

/** What later middleware finds in `ctx.state`. */
export interface CountersignState {
  verdict: Allow
}

/**
 * Guards everything after it: use it first. What Koa never sees (`upgrade` and its like) stays open
 * to listeners of the server; `protect` and `protectSideEntrances` of @countersign/node close that.
 */
export function countersign(options: CountersignOptions): Middleware<CountersignState> {
  if (options.guard === undefined) throw new TypeError("@countersign/koa needs the option guard")
  const gate = createGate(options.guard, options)
  return async function countersign(ctx, next) {
    const judged = judge(gate, ctx.req)
    const verdict = judged instanceof Promise ? await judged : judged
    if (verdict._tag === "Deny") {
      const { status, headers, body } = answerTo(verdict, gate.body)
      ctx.status = status
      ctx.set({ ...headers })
      ctx.body = body
      return
    }
    const stripped = admit(gate, ctx.req, verdict)
    if (stripped !== undefined) forget(ctx, stripped)
    ctx.state.verdict = verdict
    await next()
  }
}

/** Koa keeps the target that a request began with, twice. */
function forget(
  ctx: Pick<Context, "originalUrl" | "request">,
  stripped: Parameters<typeof stripTarget>[1],
): void {
  ctx.originalUrl = stripTarget(ctx.originalUrl, stripped)
  ctx.request.originalUrl = ctx.originalUrl
}
