import { createServer, type RequestListener } from "node:http"
import type { AddressInfo, Server } from "node:net"
import type { Allow } from "@countersign/engine"
import Koa from "koa"
import { afterEach, describe, expect, expectTypeOf, it } from "vitest"
import { countersign } from "../src/index.ts"
import { bearer, guardFor, slow, token } from "./fixture.ts"

const guard = guardFor()
const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function ask(
  app: Pick<Koa, "callback">,
  path: string,
  init: RequestInit = {},
): Promise<Response> {
  const server = createServer(app.callback() as RequestListener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return fetch(`http://127.0.0.1:${port}${path}`, { ...init, keepalive: false })
}

describe("the middleware", () => {
  it("has a name, for stack traces", () => {
    expect(countersign({ guard }).name).toBe("countersign")
  })

  it("lets the type of the state flow on", async () => {
    const app = new Koa().use(countersign({ guard })).use((ctx) => {
      expectTypeOf(ctx.state.verdict).toEqualTypeOf<Allow>()
      ctx.body = ctx.state.verdict.identity.sessionBy
    })
    expect(await (await ask(app, "/token", { headers: bearer })).text()).toBe("token")
  })

  it("answers itself, and nothing after it runs", async () => {
    let entered = 0
    const app = new Koa().use(countersign({ guard })).use(() => {
      entered += 1
    })
    const reply = await ask(app, "/token")
    expect(reply.status).toBe(401)
    expect(reply.headers.get("www-authenticate")).toBe("Bearer")
    expect(reply.headers.get("content-type")).toBe("application/json")
    expect(await reply.text()).toBe('{"error":"Authorization field missing"}')
    expect(entered).toBe(0)
  })

  it.each(["HEAD", "OPTIONS", "POST", "DELETE"])("guards %s", async (method) => {
    const app = new Koa().use(countersign({ guard })).use((ctx) => {
      ctx.body = "in"
    })
    expect((await ask(app, "/token", { method })).status).toBe(401)
  })

  it("needs no error handler, so that none can change its answer", async () => {
    const errors: unknown[] = []
    const app = new Koa()
      .use(async (ctx, next) => {
        try {
          await next()
        } catch (error) {
          errors.push(error)
          ctx.body = "in"
        }
      })
      .use(countersign({ guard }))
    app.on("error", (error) => errors.push(error))
    const reply = await ask(app, "/token")
    expect([reply.status, errors]).toEqual([401, []])
  })

  it("leaves what later middleware throws to the application", async () => {
    const errors: Error[] = []
    const app = new Koa().use(countersign({ guard })).use(() => {
      throw new Error("the handler's fault")
    })
    app.on("error", (error: Error) => errors.push(error))
    expect((await ask(app, "/token", { headers: bearer })).status).toBe(500)
    expect(errors.map(({ message }) => message)).toEqual(["the handler's fault"])
  })

  it("keeps what middleware before it put on the answer", async () => {
    const app = new Koa()
      .use(async (ctx, next) => {
        ctx.set("x-before", "1")
        await next()
      })
      .use(countersign({ guard }))
    expect((await ask(app, "/token")).headers.get("x-before")).toBe("1")
  })

  it("speaks problem+json by option", async () => {
    const app = new Koa().use(countersign({ guard, body: "problem+json" }))
    const reply = await ask(app, "/token")
    expect(reply.headers.get("content-type")).toBe("application/problem+json")
    expect(await reply.json()).toMatchObject({ code: "auth.auth_field_missing" })
  })

  it("waits for a store that takes its time", async () => {
    const app = new Koa().use(countersign({ guard: guardFor(slow) })).use((ctx) => {
      ctx.body = "in"
    })
    expect(await (await ask(app, "/token", { headers: bearer })).text()).toBe("in")
    expect((await ask(app, "/token", { headers: { authorization: "x" } })).status).toBe(403)
  })

  it("hides what authenticated: header, query, target as sent", async () => {
    const app = new Koa().use(countersign({ guard })).use((ctx) => {
      const { headers, query, url, originalUrl, req, request } = ctx
      ctx.body = { headers, query, url, originalUrl, raw: req.rawHeaders, r: request.originalUrl }
    })
    const reply = await ask(app, `/strip?a=1&key=${token}`, { headers: bearer })
    const text = await reply.text()
    expect(text).not.toContain(token)
    expect(JSON.parse(text)).toMatchObject({ url: "/strip?a=1", query: { a: "1" } })
  })

  it("decides again where an earlier middleware has let in and another target was set", async () => {
    const app = new Koa()
      .use(countersign({ guard }))
      .use(async (ctx, next) => {
        ctx.url = "/token"
        await next()
      })
      .use(countersign({ guard }))
      .use((ctx) => {
        ctx.body = "in"
      })
    expect((await ask(app, "/keyless")).status).toBe(401)
  })

  it("needs a guard", () => {
    expect(() => countersign({} as { guard: typeof guard })).toThrow(TypeError)
  })
})
