import { readFileSync, symlinkSync } from "node:fs"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { createGuard, type Guard } from "@countersign/guard"
import { createProtectedServer, protect } from "@countersign/node"
import { createAuthority } from "@countersign/pki"
import { afterAll, describe, expect, it, vi } from "vitest"
import { generationOf } from "../src/drivers/generation.ts"
import type { LoadedWorld } from "../src/drivers/loaded-world.ts"
import { verdictOf } from "../src/run/read-verdict.ts"
import { ran, temporaryFolder } from "./run-terminal.ts"

const folder = temporaryFolder()
const workspace = fileURLToPath(new URL("../../", import.meta.url))
symlinkSync(join(workspace, "node_modules"), join(folder.path, "node_modules"))
const readme = readFileSync(join(workspace, "spec/README.md"), "utf8")

/** The file that the README shows, next to what is installed. */
function example(name: string): string {
  const found = readme.match(new RegExp(`<!-- run: ${name} -->\n\`\`\`js\n([^]*?)\n\`\`\``))
  if (found?.[1] === undefined) throw new Error(`the README shows no ${name}`)
  return folder.write(name, found[1])
}

describe("the README", () => {
  it("shows an engine that passes every vector and every law", async () => {
    const { code, out } = await ran(["--module", example("engine.mjs"), "--runs", "30"])
    expect(out).toMatch(
      /engine\.mjs: [1-9]\d* decision vectors, [1-9]\d* laws \(.*\): all as expected/,
    )
    expect(code).toBe(0)
  })

  it("shows whole verdicts", () => {
    const [, json = "[]"] = readme.match(/<!-- verdicts -->\n```json\n([\s\S]*?)\n```/) ?? []
    const shown: readonly unknown[] = JSON.parse(json)
    expect(shown.map((one) => verdictOf(one)._tag)).toEqual(["Allow", "Deny"])
  })

  it("shows a driver with which a gateway that is told of worlds over HTTP passes", async () => {
    const gateway = await startGateway()
    for (const [name, value] of Object.entries(gateway)) vi.stubEnv(name, value)
    const { code, out } = await ran(["--driver", example("driver.mjs"), "--filter", "bound"])
    expect(out).toMatch(/my gateway: [1-9]\d* exchange vectors.*: all as expected/)
    expect(code).toBe(0)
  })

  it("names every command, and no figure that may grow old", async () => {
    const { out } = await ran(["--help"])
    const commands = out.slice(out.indexOf("Commands:")).matchAll(/^ {2}([a-z]+) \[options\]/gm)
    for (const [, command] of commands) expect(readme).toContain(`| \`${command}\` |`)
    expect(readme).not.toMatch(/\d+ (?:vectors|laws|states|faults|exchanges)/)
  })
})

const servers: Server[] = []
afterAll(() => {
  for (const server of servers) {
    server.close()
    server.closeAllConnections()
  }
  vi.unstubAllEnvs()
})

/** A gateway of the kind that the README speaks of, and its environment. */
async function startGateway(): Promise<Record<string, string>> {
  let guard: Guard | undefined
  const authority = await createAuthority({ name: "servers" })
  const { privateKeyPem: key, pem: cert } = await authority.issue({
    name: "gateway",
    usage: "server",
  })
  const current: Guard = {
    check: (facts) => guarding().check(facts),
    explain: (facts) => guarding().explain(facts),
    tokenOf: (verdict) => guarding().tokenOf(verdict),
    sessionOf: (denial) => guarding().sessionOf(denial),
    apiOf: (head) => guarding().apiOf(head),
    replace: (next) => guarding().replace(next),
    generation: () => guarding().generation(),
  }
  function guarding(): Guard {
    if (guard === undefined) throw new Error("no world was loaded")
    return guard
  }
  const admin = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk))
    const world: LoadedWorld = JSON.parse(Buffer.concat(chunks).toString("utf8"))
    guard = createGuard(generationOf(world))
    response.end()
  })
  const upstream = (_: unknown, response: { end: () => unknown }): unknown => response.end()
  const tls = createProtectedServer(current, { key, cert }, upstream)
  const plain = protect(createServer(upstream), current)
  return {
    GATEWAY_ADMIN: `http://127.0.0.1:${await portOf(admin)}/`,
    GATEWAY_TLS: String(await portOf(tls)),
    GATEWAY_PLAIN: String(await portOf(plain)),
  }
}

async function portOf(server: Server): Promise<number> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return (server.address() as AddressInfo).port
}
