import type { IncomingHttpHeaders } from "node:http"
import { connect as connectHttp2 } from "node:http2"
import type { Asked, Reply } from "./ask.ts"
import { connect } from "./connect.ts"

export async function askHttp2(asked: Asked): Promise<Reply> {
  const { port, address = "127.0.0.1", method = "GET", path, host, body, signal } = asked
  const { socket, session } = await connect(asked)
  const url = `${asked.plain ? "http" : "https"}://${address}:${port}`
  const connection = connectHttp2(url, { createConnection: () => socket })
  return new Promise<Reply>((resolve, reject) => {
    connection.on("error", reject)
    const stream = connection.request(
      {
        ":method": method,
        ":path": path,
        ...(host !== undefined && { ":authority": host }),
        ...asked.headers,
      },
      signal === undefined ? {} : { signal },
    )
    let text = ""
    let headers: IncomingHttpHeaders = {}
    stream.on("response", (received) => {
      headers = received
    })
    stream.setEncoding("utf8")
    stream.on("data", (part: string) => {
      text += part
    })
    stream.on("error", reject)
    stream.on("end", () =>
      resolve({ status: Number(headers[":status"]), headers, body: text, session: session() }),
    )
    stream.end(body)
  }).finally(() => connection.destroy())
}
