import { type HostReading, normaliseHost } from "./host.ts"
import type { RequestHead } from "./request-head.ts"
import type { Target } from "./target.ts"

/**
 * The host that a request is for; `undefined` if it names none.
 *
 * An absolute-form target, `:authority` and the Host header may each name it. RFC 9112 §3.2.2 lets
 * the target win, but applications go on reading the header: a request in which they differ is a
 * problem, because guard and application would take it for requests to different hosts. So is one
 * whose absolute-form target is the only place that names it.
 */
export function requestHost(
  target: Target,
  head: Pick<RequestHead, "authority" | "header">,
): HostReading | undefined {
  const named = target._tag === "asterisk" ? undefined : target.authority
  const lines = [head.authority, head.header("host")]
  if (target._tag === "path" && named !== undefined && lines.every((line) => line === undefined)) {
    return unseen
  }
  let host: HostReading | undefined
  for (const text of new Set([named, ...lines])) {
    if (text === undefined) continue
    const reading = normaliseHost(text)
    if (reading._tag === "problem") return reading
    if (host?._tag === "host" && host.name !== reading.name) return differing
    host = reading
  }
  return host
}

const unseen: HostReading = { _tag: "problem", problem: "only the target names the host" }
const differing: HostReading = { _tag: "problem", problem: "the request names two hosts" }
