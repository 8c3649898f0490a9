// TLS_KEY=key.pem TLS_CERT=cert.pem node examples/node/server.js
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { loadConfiguration } from "@countersign/config"
import { createGuard, memoryCertificates, memorySessions, storedSession } from "@countersign/guard"
import { createProtectedServer, verdictOf } from "@countersign/node"

const { CONFIG, TLS_KEY = "key.pem", TLS_CERT = "cert.pem", PORT = "8443" } = process.env
const folder = CONFIG ?? fileURLToPath(new URL("../gateway", import.meta.url))

const loaded = loadConfiguration(folder, { now: Date.now() })
if (loaded._tag === "Invalid") throw new Error(loaded.problems.map((one) => one.message).join("\n"))
const sessions = [...loaded.sessions].map(([key, known]) => [key, storedSession(known)])
const guard = createGuard({
  policies: loaded,
  sessions: memorySessions(new Map(sessions)),
  certificates: memoryCertificates(loaded.certificates),
  onDecision: ({ verdict }) => console.log(verdict._tag, verdict.reason ?? ""),
})

const tls = { key: readFileSync(TLS_KEY), cert: readFileSync(TLS_CERT) }
export const server = createProtectedServer(guard, tls, (request, response) => {
  const { identity } = verdictOf(request)
  response.end(`hello, session ${identity.session} with certificate ${identity.leaf}\n`)
})
server.listen(Number(PORT), () => console.log(`https://localhost:${server.address().port}`))
