// TLS_KEY=key.pem TLS_CERT=cert.pem node examples/fastify/server.js
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { loadConfiguration } from "@countersign/config"
import countersign from "@countersign/fastify"
import { createGuard, memoryCertificates, memorySessions, storedSession } from "@countersign/guard"
import { createServerOptions } from "@countersign/node"
import Fastify from "fastify"

const { CONFIG, TLS_KEY = "key.pem", TLS_CERT = "cert.pem", PORT = "8443" } = process.env
const folder = CONFIG ?? fileURLToPath(new URL("../gateway", import.meta.url))

const loaded = loadConfiguration(folder, { now: Date.now() })
if (loaded._tag === "Invalid") throw new Error(loaded.problems.map((one) => one.message).join("\n"))
const sessions = [...loaded.sessions].map(([key, known]) => [key, storedSession(known)])
const guard = createGuard({
  policies: loaded,
  sessions: memorySessions(new Map(sessions)),
  certificates: memoryCertificates(loaded.certificates),
})

const https = createServerOptions({ key: readFileSync(TLS_KEY), cert: readFileSync(TLS_CERT) })
export const app = Fastify({ http2: true, https: { ...https, allowHTTP1: true } })

await app.register(countersign, { guard }) // before everything else

app.get("/healthz", { config: { countersign: false } }, async () => "ok\n")
app.get("/orders/*", { config: { countersign: { api: "orders" } } }, async () => "orders\n")
app.get("/partners/*", async ({ verdict }) => `hello, ${verdict.identity.leaf}\n`)

console.log(await app.listen({ port: Number(PORT) }))
