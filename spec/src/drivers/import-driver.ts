import { resolve } from "node:path"
import { pathToFileURL } from "node:url"
import type { Driver } from "./driver.ts"

/**
 * Loads the driver that a module exports as its default: a `Driver`, or a function that makes one.
 * Anything else is a `TypeError` that names the module.
 */
export async function importDriver(path: string): Promise<Driver> {
  const module: { readonly default?: unknown } = await import(pathToFileURL(resolve(path)).href)
  const given = module.default
  const made: unknown = typeof given === "function" ? await given() : given
  if (isDriver(made)) return made
  throw new TypeError(
    `${path} exports no driver: its default must have \`name\`, \`load\` and \`request\`, or make what has`,
  )
}

function isDriver(value: unknown): value is Driver {
  if (typeof value !== "object" || value === null) return false
  const { name, load, request, close } = value as { readonly [Member in keyof Driver]?: unknown }
  const isClosable = close === undefined || typeof close === "function"
  const canBeAsked = typeof load === "function" && typeof request === "function"
  return typeof name === "string" && canBeAsked && isClosable
}
