import type { Verdict } from "@countersign/engine"
import type { Message } from "@countersign/node/host"
import type { Seen } from "./host.ts"

/** What a handler reports of a request that was let in. */
export function seen(
  { method, url, headers, rawHeaders }: Message,
  verdict: Verdict | null | undefined,
  kept: unknown,
  length: number,
): Seen {
  const identity = verdict?._tag === "Allow" ? verdict.identity : undefined
  return {
    method,
    url,
    kept,
    headers,
    raw: rawHeaders,
    length,
    sessionBy: identity?.sessionBy,
    leafBy: identity?.leafBy,
  }
}

/** The length of a body, read to its end. */
export async function bodyLength(body: AsyncIterable<Buffer>): Promise<number> {
  let length = 0
  for await (const part of body) length += part.length
  return length
}
