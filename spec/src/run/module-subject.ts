import { resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { decide, type Policy, type PolicyInput, policy, type Verdict } from "@countersign/engine"
import type { Subject } from "../subject.ts"
import { firstLine } from "./first-line.ts"
import { refusePromise } from "./read-verdict.ts"
import { UsageError } from "./terminal.ts"

/**
 * The subject that a module exports: `decide(policy, request)`, by name or as the default, and perhaps
 * `policy(input)`, whose results `decide` is given. What is missing is @countersign/engine's, one of
 * the two must be there. A module that cannot be used is a `UsageError`.
 */
export async function moduleSubject(path: string): Promise<Subject> {
  const exported = await load(path)
  const ownDecide = functionOf(exported, "decide")
  const ownPolicy = functionOf(exported, "policy")
  if (ownDecide === undefined && ownPolicy === undefined) {
    throw new UsageError(`${path} exports no function named \`decide\``)
  }
  return {
    name: path,
    policy: ownPolicy === undefined ? policy : (input) => compiledBy(ownPolicy, input),
    decide:
      ownDecide === undefined
        ? decide
        : // Whether it is one, `watch` looks at.
          (compiled, request) => ownDecide(compiled, request) as Verdict,
  }
}

/** To everybody but the module's own `decide` it is opaque. */
function compiledBy(ownPolicy: AnyFunction, input: PolicyInput): Policy {
  const compiled = ownPolicy(input)
  refusePromise(compiled, "policy")
  return compiled as Policy
}

type AnyFunction = (...values: unknown[]) => unknown

async function load(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const exported: Readonly<Record<string, unknown>> = await import(
      pathToFileURL(resolve(path)).href
    )
    return exported
  } catch (error) {
    throw new UsageError(`${path} does not load: ${firstLine(error)}`)
  }
}

/** A default export is an object with both, or `decide` itself. */
function functionOf(
  exported: Readonly<Record<string, unknown>>,
  name: "decide" | "policy",
): AnyFunction | undefined {
  const whole = exported["default"]
  const named = exported[name] ?? (isObject(whole) ? whole[name] : undefined)
  if (isFunction(named)) return named
  return name === "decide" && isFunction(whole) ? whole : undefined
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null
}

function isFunction(value: unknown): value is AnyFunction {
  return typeof value === "function"
}
