import { connect } from "node:tls"
import { work } from "../measure/worker.ts"
import type { Client, Connected, Connections } from "./protocol.ts"

const TOGETHER = 4

let clients: readonly Client[] = []
const sessions = new Map<string, Buffer>()

/** Opens connections in a process of its own, sends one request on each, and answers when all are closed. */
work(import.meta.url, {}, (question: Connections | readonly Client[]) => {
  if ("port" in question) return connectAll(question)
  clients = question
  return { resumed: 0 }
})

async function connectAll(question: Connections): Promise<Connected> {
  let next = question.from
  let resumed = 0
  const lane = async (): Promise<void> => {
    while (next < question.to) if (await visit(next++, question)) resumed++
  }
  await Promise.all(Array.from({ length: TOGETHER }, lane))
  return { resumed }
}

const nobody: Client = { leaf: "", chain: "", key: "" }

/** Whether the connection was resumed. */
function visit(i: number, { port, hasChain, isResumed }: Connections): Promise<boolean> {
  const { leaf, chain, key } = clients[i] ?? nobody
  const name = `${port} ${i}`
  const known = isResumed ? sessions.get(name) : undefined
  const session = known === undefined ? {} : { session: known }
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: "127.0.0.1",
      port,
      servername: "localhost",
      rejectUnauthorized: false,
      cert: hasChain ? chain : leaf,
      key,
      ...session,
    })
    let answer = ""
    let wasResumed = false
    socket.on("secureConnect", () => {
      wasResumed = socket.isSessionReused()
    })
    socket.on("session", (ticket) => sessions.set(name, ticket))
    socket.on("data", (part) => {
      answer += part
    })
    socket.on("error", reject)
    socket.on("close", () => {
      if (answer.startsWith("HTTP/1.1 200")) resolve(wasResumed)
      else reject(new Error(answer.split("\r\n", 1)[0]))
    })
    socket.write("GET /api/1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
  })
}
