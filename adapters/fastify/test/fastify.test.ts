import { type OutgoingHttpHeaders, type RequestListener, request } from "node:http"
import type { AddressInfo } from "node:net"
import type { Verdict } from "@countersign/engine"
import Fastify, {
  type FastifyInstance,
  type FastifyServerOptions,
  type LightMyRequestResponse,
} from "fastify"
import { afterEach, describe, expect, expectTypeOf, it } from "vitest"
import byDefault, { countersign, createHook } from "../src/index.ts"
import { bearer, guardFor, slow, token } from "./fixture.ts"

const guard = guardFor()
const apps: FastifyInstance[] = []

afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()))
})

function create(options: FastifyServerOptions = {}): FastifyInstance {
  const app = Fastify(options)
  apps.push(app)
  return app
}

const yes = async (): Promise<string> => "in"

describe("the plugin", () => {
  it("has a default and a named export", () => {
    expect(byDefault).toBe(countersign)
  })

  it("types the verdict", async () => {
    const app = create()
    await app.register(countersign, { guard })
    app.get("/token", async ({ verdict }) => {
      expectTypeOf(verdict).toEqualTypeOf<Verdict | null>()
      return verdict
    })
    const reply = await app.inject({ url: "/token", headers: bearer })
    expect(reply.json()).toMatchObject({ _tag: "Allow", identity: { sessionBy: "token" } })
  })

  it.each(["/token", "/other/deeper", "/nowhere-routed"])("guards %s", async (url) => {
    const app = create()
    app.get("/token", yes)
    await app.register(countersign, { guard })
    await app.register(async (scope) => {
      scope.get("/other/deeper", yes)
    })
    expect((await app.inject({ url })).statusCode).toBe(401)
  })

  it.each([
    ["the default 404 handler", () => {}],
    ["an own 404 handler", (app: FastifyInstance) => app.setNotFoundHandler(yes)],
    [
      "a 404 handler of a scope",
      (app: FastifyInstance) =>
        app.register(async (scope) => void scope.setNotFoundHandler(yes), { prefix: "/token" }),
    ],
    ["an error handler", (app: FastifyInstance) => app.setErrorHandler(yes)],
    [
      "an error in an earlier hook's shadow",
      (app: FastifyInstance) => app.addHook("onRequest", yes),
    ],
  ])("guards %s", async (_name, change) => {
    const app = create()
    await app.register(countersign, { guard })
    change(app)
    const reply = await app.inject({ url: "/token/none" })
    expect(reply.statusCode).toBe(401)
    expect(reply.body).toBe('{"error":"Authorization field missing"}')
  })

  it.each(["HEAD", "OPTIONS", "PURGE", "POST"])("guards %s", async (method) => {
    const app = create()
    await app.register(countersign, { guard })
    app.all("/token", yes)
    const reply = await app.inject({ url: "/token", method: method as "HEAD" })
    expect(reply.statusCode).toBe(401)
  })

  it("answers before a body is parsed", async () => {
    const app = create({ bodyLimit: 10 })
    await app.register(countersign, { guard })
    app.post("/token", yes)
    const asked = { url: "/token", method: "POST", payload: { big: "x".repeat(100) } } as const
    expect((await app.inject(asked)).statusCode).toBe(401)
    expect((await app.inject({ ...asked, headers: bearer })).statusCode).toBe(413)
  })

  it("keeps what hooks before it put on the answer, and lets `onSend` see it", async () => {
    const app = create()
    app.addHook("onRequest", async (_request, reply) => {
      reply.header("x-before", "1")
    })
    await app.register(countersign, { guard })
    const { headers } = await app.inject("/token")
    expect(headers).toMatchObject({
      "x-before": "1",
      "content-type": "application/json",
      "cache-control": "no-store",
      "www-authenticate": "Bearer",
    })
  })

  it("speaks problem+json by option", async () => {
    const app = create()
    await app.register(countersign, { guard, body: "problem+json" })
    const reply = await app.inject("/token")
    expect(reply.headers["content-type"]).toBe("application/problem+json")
    expect(reply.json()).toMatchObject({ status: 401, code: "auth.auth_field_missing" })
  })

  it("waits for a store that takes its time", async () => {
    const app = create()
    await app.register(countersign, { guard: guardFor(slow) })
    app.get("/token", yes)
    expect((await app.inject({ url: "/token", headers: bearer })).body).toBe("in")
    expect((await app.inject({ url: "/token", headers: { authorization: "x" } })).statusCode).toBe(
      403,
    )
  })

  it("logs a denial, and nothing else", async () => {
    const lines: string[] = []
    const write = (line: string): void => {
      if (line.includes("reason")) lines.push(line)
    }
    const app = create({ logger: { level: "info", stream: { write } } })
    await app.register(countersign, { guard })
    app.get("/token", yes)
    await app.inject({ url: "/token", headers: bearer })
    expect(lines).toEqual([])
    await app.inject({ url: "/token", headers: { authorization: "secret-text" } })
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      msg: "request denied",
      reason: "auth.key_not_found",
    })
    expect(lines[0]).not.toContain("secret-text")
  })
})

describe("a route", () => {
  async function ask(
    config: object,
    url: string,
    headers: Record<string, string> = {},
  ): Promise<LightMyRequestResponse> {
    const app = create()
    await app.register(countersign, { guard })
    app.get("/*", { config }, yes)
    return app.inject({ url, headers })
  }

  it("may let everybody in", async () => {
    expect((await ask({ countersign: false }, "/token")).body).toBe("in")
  })

  it("may name its API, whose policy decides whatever the path", async () => {
    const config = { countersign: { api: "/token" } }
    for (const path of ["/token", "/other", "/keyless", "/routed/nowhere"]) {
      expect((await ask(config, path, bearer)).body).toBe("in")
      expect((await ask(config, path)).statusCode).toBe(401)
    }
    expect((await ask(config, "/a%2fb", bearer)).statusCode).toBe(400)
    expect((await ask({ countersign: { api: "unknown" } }, "/keyless")).statusCode).toBe(404)
  })

  it.each([true, null, {}, { api: "" }, { api: 1 }, "token"])("may not say %j", async (rule) => {
    const config = { countersign: rule }
    await expect(ask(config, "/token")).rejects.toMatchObject({
      code: "FST_COUNTERSIGN_ROUTE_CONFIG",
    })
    const app = create()
    app.get("/token", { config: config as object }, yes)
    await app.register(countersign, { guard })
    expect((await app.inject({ url: "/token", headers: bearer })).statusCode).toBe(404)
  })

  it("may be guarded alone, without the plugin", async () => {
    const app = create()
    app.get("/token", { onRequest: createHook({ guard }) }, yes)
    app.get("/other", yes)
    expect((await app.inject("/token")).statusCode).toBe(401)
    expect((await app.inject({ url: "/token", headers: bearer })).body).toBe("in")
    expect((await app.inject("/other")).body).toBe("in")
  })

  it("is decided by the guard of its scope too", async () => {
    const app = create()
    await app.register(countersign, { guard })
    await app.register(async (scope) => {
      scope.addHook("onRequest", createHook({ guard: guardFor(async () => []) }))
      scope.get("/token", yes)
    })
    expect((await app.inject({ url: "/token", headers: bearer })).statusCode).toBe(503)
  })

  it("is decided by the target it is reached by, not the one that was sent", async () => {
    const app = create({ rewriteUrl: ({ url }) => (url === "/keyless" ? "/token" : (url ?? "/")) })
    await app.register(countersign, { guard })
    app.get("/token", yes)
    app.get("/keyless", yes)
    expect((await app.inject("/keyless")).statusCode).toBe(401)
  })
})

describe("a plugin that would leave routes open", () => {
  it("is refused inside a scope", async () => {
    const app = create()
    app.register(async (scope) => {
      await scope.register(countersign, { guard })
    })
    await expect(app.ready()).rejects.toMatchObject({ code: "FST_COUNTERSIGN_NOT_ROOT" })
  })

  it("is refused after a scope", async () => {
    const app = create()
    app.register(async (scope) => {
      scope.get("/token", yes)
    })
    app.register(countersign, { guard })
    await expect(app.ready()).rejects.toMatchObject({ code: "FST_COUNTERSIGN_TOO_LATE" })
  })

  it("is refused without a guard, and twice", async () => {
    const without = create()
    without.register(countersign, {} as { guard: typeof guard })
    await expect(without.ready()).rejects.toMatchObject({ code: "FST_COUNTERSIGN_NO_GUARD" })
    const twice = create()
    twice.register(countersign, { guard })
    twice.register(countersign, { guard })
    await expect(twice.ready()).rejects.toMatchObject({ code: "FST_ERR_DEC_ALREADY_PRESENT" })
  })
})

describe("a real server", () => {
  it("is guarded at every address that it listens at", async () => {
    const app = create()
    await app.register(countersign, { guard })
    app.get("/token", yes)
    await app.listen({ port: 0, host: "localhost" })
    for (const { address, family, port } of app.addresses() as AddressInfo[]) {
      const host = family === "IPv6" ? `[${address}]` : address
      expect((await fetch(`http://${host}:${port}/token`)).status).toBe(401)
    }
  })

  it("hides what authenticated: header, query, target as sent", async () => {
    const app = create({ rewriteUrl: ({ url = "" }) => url.replace("/old", "/strip") })
    await app.register(countersign, { guard })
    app.get("/strip", async ({ headers, query, url, originalUrl, raw }) => ({
      ...{ headers, query, url, originalUrl, raw: raw.rawHeaders },
    }))
    const url = `/old?a=1&key=${token}&key=again`
    const { body } = await app.inject({ url, headers: bearer })
    expect(body).not.toContain(token)
    expect(JSON.parse(body)).toMatchObject({ query: { a: "1" }, originalUrl: "/old?a=1" })
  })

  it("guards a listener that puts itself before Fastify", async () => {
    const app = create()
    await app.register(countersign, { guard })
    app.get("/healthz", { config: { countersign: false } }, yes)
    await app.listen({ port: 0, host: "127.0.0.1" })
    const { port } = app.server.address() as AddressInfo
    const ask = async (path: string, headers = {}): Promise<number> =>
      (await fetch(`http://127.0.0.1:${port}${path}`, { headers })).status
    expect(await ask("/healthz")).toBe(200)
    const before = app.server.listeners("request") as RequestListener[]
    app.server.removeAllListeners("request")
    app.server.on("request", (request, response) => {
      if (request.url === "/token") response.writeHead(202).end()
      else for (const listener of before) listener(request, response)
    })
    expect(await ask("/token")).toBe(401)
    expect(await ask("/token", bearer)).toBe(202)
    expect(await ask("/healthz")).toBe(401)
  })

  it("guards an upgrade that is answered through Fastify's own routes", async () => {
    const app = create()
    await app.register(countersign, { guard })
    let upgrades = 0
    app.server.on("upgrade", (_request, socket) => {
      upgrades += 1
      socket.end("HTTP/1.1 101 Switching Protocols\r\n\r\n")
    })
    await app.listen({ port: 0, host: "127.0.0.1" })
    const { port } = app.server.address() as AddressInfo
    const headers = { connection: "upgrade", upgrade: "echo" }
    const ask = (extra: object): Promise<number> => upgrade(port, { ...headers, ...extra })
    expect(await ask({})).toBe(401)
    expect(upgrades).toBe(0)
    expect(await ask(bearer)).toBe(101)
    expect(upgrades).toBe(1)
  })
})

function upgrade(port: number, headers: OutgoingHttpHeaders): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: "127.0.0.1", path: "/token", headers })
    asked.on("upgrade", ({ statusCode }, socket) => {
      socket.destroy()
      resolve(statusCode ?? 0)
    })
    asked.on("response", ({ statusCode }) => resolve(statusCode ?? 0))
    asked.on("error", reject)
    asked.end()
  })
}
