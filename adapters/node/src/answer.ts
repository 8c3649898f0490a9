import { type ServerResponse, STATUS_CODES } from "node:http"
import type { Socket } from "node:net"
import type { Deny } from "@countersign/engine"
import { answerTo, type BodyFormat } from "@countersign/guard"

/** Answers a denial. */
export function answerOn(response: ServerResponse, denial: Deny, format: BodyFormat): void {
  const { status, headers, body } = answerTo(denial, format)
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) })
  response.end(body)
}

/** Answers a denial where Node has handed out the bare socket (`upgrade`, `connect`). */
export function answerOver(socket: Socket, denial: Deny, format: BodyFormat): void {
  const { status, headers, body } = answerTo(denial, format)
  const lines = Object.entries({
    ...headers,
    "content-length": Buffer.byteLength(body),
    connection: "close",
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.on("error", () => socket.destroy())
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines.join("")}\r\n${body}`)
}
