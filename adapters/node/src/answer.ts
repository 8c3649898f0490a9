import { type ServerResponse, STATUS_CODES } from "node:http"
import type { Http2ServerResponse, ServerHttp2Stream } from "node:http2"
import type { Duplex } from "node:stream"
import type { Deny } from "@countersign/engine"
import { type Answer, answerTo, type BodyFormat } from "@countersign/guard"

/** Where a server hands a request over: a response, an HTTP/2 stream, or the bare socket. */
export type Target = ServerResponse | Http2ServerResponse | ServerHttp2Stream | Duplex

/** Answers a denial. */
export function answerOn(target: Target, denial: Deny, format: BodyFormat): void {
  const answer = answerTo(denial, format)
  if ("writeHead" in target) respond(target, answer)
  else if ("respond" in target) answerStream(target, answer)
  else answerSocket(target, answer)
}

function respond(response: ServerResponse | Http2ServerResponse, answer: Answer): void {
  if ("stream" in response && response.stream.closed) return
  response.writeHead(answer.status, headersOf(answer))
  response.end(answer.body)
}

function answerStream(stream: ServerHttp2Stream, answer: Answer): void {
  if (stream.closed) return
  stream.on("error", () => stream.destroy())
  stream.respond({ ":status": answer.status, ...headersOf(answer) })
  if (!stream.writableEnded) stream.end(answer.body)
}

function answerSocket(socket: Duplex, answer: Answer): void {
  const lines = Object.entries({ ...headersOf(answer), connection: "close" }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  socket.on("error", () => socket.destroy())
  const { status } = answer
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines.join("")}\r\n${answer.body}`,
  )
}

function headersOf({ headers, body }: Answer): Record<string, string | number> {
  return { ...headers, "content-length": Buffer.byteLength(body) }
}
