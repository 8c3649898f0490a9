import type { Preset } from "@countersign/engine"
import { hosts } from "../hosts/index.ts"
import { adapterDriver } from "./adapter-driver.ts"
import type { Driver } from "./driver.ts"
import { importDriver } from "./import-driver.ts"

/** The drivers that come with the suite, and what each is a driver of. */
export const driverNames = {
  node: "node:https",
  "node-http2": "node:http2",
  fastify: "Fastify",
  "fastify-http2": "Fastify over HTTP/2",
  koa: "Koa",
  "koa-http2": "Koa over HTTP/2",
} as const satisfies Readonly<Record<string, string>>

export type DriverName = keyof typeof driverNames

/** Makes the driver of one of our adapters, in this process, which answers as a preset does. */
export function createDriver(name: DriverName, preset: Preset = "default"): Driver {
  const host = hosts.find((one) => one.name === driverNames[name])
  if (host === undefined) throw new TypeError(`there is no driver ${name}`)
  return adapterDriver(host, preset)
}

/** One of our drivers by its name, or the one that a module exports; a `TypeError` where there is none. */
export async function openDriver(nameOrPath: string, preset: Preset = "default"): Promise<Driver> {
  return isName(nameOrPath) ? createDriver(nameOrPath, preset) : importDriver(nameOrPath)
}

function isName(text: string): text is DriverName {
  return Object.hasOwn(driverNames, text)
}
