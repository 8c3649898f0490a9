// TLS_KEY=key.pem TLS_CERT=cert.pem node examples/koa/server.js
import { readFileSync } from "node:fs"
import { createServer } from "node:https"
import { fileURLToPath } from "node:url"
import { loadConfiguration } from "@countersign/config"
import { createGuard, memoryCertificates, memorySessions, storedSession } from "@countersign/guard"
import { countersign } from "@countersign/koa"
import { createServerOptions, protectSideEntrances } from "@countersign/node"
import Koa from "koa"

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

const app = new Koa()
app.use(countersign({ guard })) // before everything else
app.use((ctx) => {
  ctx.body = `hello, ${ctx.state.verdict.identity.leaf}\n`
})

const tls = createServerOptions({ key: readFileSync(TLS_KEY), cert: readFileSync(TLS_CERT) })
export const server = createServer(tls, app.callback())
protectSideEntrances(server, guard) // upgrades never reach Koa
server.listen(Number(PORT), () => console.log(`https://localhost:${server.address().port}`))
