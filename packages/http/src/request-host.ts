import { type HostReading, normaliseHost } from "./host.ts"
import type { RequestHead } from "./request-head.ts"
import type { Target } from "./target.ts"

/**
 * The host that a request is for; `undefined` if it names none.
 *
 * An absolute-form target, `:authority` and the Host header may each name it. RFC 9112 §3.2.2 lets
 * the target win, but applications go on reading the header: a request in which they differ is a
 * problem, because guard and application would take it for requests to different hosts. So is one
 * whose absolute-form target is the only place that names it. `read` may remember what
 * `normaliseHost` said.
 */
export function requestHost(
  target: Target,
  head: Pick<RequestHead, "authority" | "header">,
  read: (text: string) => HostReading = normaliseHost,
): HostReading | undefined {
  const named = target._tag === "asterisk" ? undefined : target.authority
  const { authority } = head
  const line = head.header("host")
  const isSeen = authority !== undefined || line !== undefined
  if (target._tag === "path" && named !== undefined && !isSeen) return unseen
  let host: HostReading | undefined
  let last: string | undefined
  for (const text of [named, authority, line]) {
    if (text === undefined || text === last) continue
    last = text
    const reading = read(text)
    if (reading._tag === "problem") return reading
    if (host?._tag === "host" && host.name !== reading.name) return differing
    host = reading
  }
  return host
}

const unseen: HostReading = { _tag: "problem", problem: "only the target names the host" }
const differing: HostReading = { _tag: "problem", problem: "the request names two hosts" }
