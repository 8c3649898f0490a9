import type { Verdict } from "@countersign/engine"
import { protectSideEntrances } from "@countersign/node/host"
import type { FastifyInstance, RouteOptions } from "fastify"
import fp from "fastify-plugin"
import { NotRootError, RouteConfigError, TooLateError } from "./errors.ts"
import { type CountersignOptions, createHook } from "./hook.ts"
import { isRouteRule, type RouteRule } from "./route-rule.ts"

declare module "fastify" {
  interface FastifyRequest {
    /** The guard's verdict; `null` before the hook and on routes with `countersign: false`. */
    verdict: Verdict | null
  }
  interface FastifyContextConfig {
    countersign?: RouteRule
  }
}

/**
 * Guards every request to a Fastify server before its body is read, and every other way into the
 * server. It must be registered on the root instance and before every scope, and says so otherwise:
 * Fastify would leave routes unguarded without a word.
 */
export const countersign = fp(register, { name: "@countersign/fastify", fastify: "5.x" })

async function register(instance: FastifyInstance, options: CountersignOptions): Promise<void> {
  requireRoot(instance)
  const hook = createHook(options)
  instance.decorateRequest("verdict", null)
  instance.addHook("onRoute", requireRule)
  instance.addHook("onRequest", hook)
  protectSideEntrances(instance.server, options.guard, options)
}

/** A scope is made with its parent as prototype, and kept in a list that has no public name. */
function requireRoot(instance: FastifyInstance): void {
  if (Object.getPrototypeOf(instance) !== Object.prototype) throw new NotRootError()
  const key = Object.getOwnPropertySymbols(instance).find(
    ({ description }) => description === "fastify.children",
  )
  const scopes: unknown = key === undefined ? undefined : Reflect.get(instance, key)
  if (!Array.isArray(scopes)) throw new TooLateError("an unknown number of them")
  if (scopes.length > 0) throw new TooLateError(`${scopes.length} of them`)
}

function requireRule({ url, config }: RouteOptions): void {
  const rule: unknown = config?.countersign
  if (rule !== undefined && !isRouteRule(rule)) throw new RouteConfigError(url)
}
