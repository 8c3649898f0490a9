import { request as requestOver } from "node:http"
import type { Asked, Reply } from "./ask.ts"
import { connect } from "./connect.ts"

export async function askHttp1(asked: Asked): Promise<Reply> {
  const { method = "GET", path, host, body, signal } = asked
  const headers = { ...(host !== undefined && { host }), ...asked.headers }
  const { socket, session } = await connect(asked)
  return new Promise<Reply>((resolve, reject) => {
    const request = requestOver({
      ...{ host: asked.address ?? "127.0.0.1", port: asked.port },
      ...{ method, path, headers, signal },
      createConnection: () => socket,
    })
    request.on("error", reject)
    request.on("response", (response) => {
      let text = ""
      response.setEncoding("utf8")
      response.on("data", (part: string) => {
        text += part
      })
      response.on("error", reject)
      response.on("end", () => {
        const { statusCode: status = 0, headers: received } = response
        resolve({ status, headers: received, body: text, session: session() })
      })
    })
    request.end(body)
  }).finally(() => socket.destroy())
}
