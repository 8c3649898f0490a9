import type { Configuration } from "@countersign/config"
import { Connection, type RequestFacts } from "@countersign/guard"
import { type RequestHead, readHostPattern, type TokenSource } from "@countersign/http"
import { OperatorError } from "../terminal.ts"

/** A request that nobody sent. */
export interface Question {
  /** API id */
  readonly api: string
  /** DER, the leaf first; empty: none presented. */
  readonly chain: readonly Uint8Array[]
  readonly token: string | undefined
  readonly plain: boolean
  readonly host: string | undefined
  readonly serverName: string | undefined
  readonly path: string | undefined
  /** Epoch milliseconds. */
  readonly now: number
}

/** Puts a question into the form in which adapters hand over requests. */
export function factsOf(configuration: Configuration, question: Question): RequestFacts {
  const { now, plain, chain } = question
  const compiled = configuration.facts.apis.find(({ api }) => api.policy.apiId === question.api)
  if (compiled === undefined) throw unknownApi(configuration, question.api)
  const { definition, api } = compiled
  const host = question.host ?? hostOf(definition.host)
  const path = question.path ?? definition.listenPath
  return {
    now,
    connection: new Connection({
      encrypted: !plain,
      serverName: question.serverName ?? host,
      chain: plain ? [] : chain,
    }),
    head: headOf(host, path, api.token, question.token),
  }
}

function unknownApi({ apis }: Configuration, wanted: string): OperatorError {
  const known = [...apis.keys()].sort()
  const some = known.slice(0, 10).join(", ")
  const rest = known.length > 10 ? ` and ${known.length - 10} more` : ""
  return new OperatorError(`there is no API \`${wanted}\`; there are: ${some}${rest}`)
}

/** A host that a definition is served under; one for every host needs none. */
function hostOf(text: string): string | undefined {
  const read = readHostPattern(text)
  const [first] = "_tag" in read ? [] : read
  if (first?._tag === "exact") return first.name
  return first?._tag === "wildcard" ? `any.${first.suffix}` : undefined
}

function headOf(
  host: string | undefined,
  path: string,
  source: TokenSource | "none",
  token: string | undefined,
): RequestHead {
  const headers = new Map<string, string>()
  let target = path
  if (host !== undefined) headers.set("host", host)
  if (token !== undefined && source !== "none") {
    const { header, query, cookie } = source
    if (header !== undefined) headers.set(header, token)
    else if (query !== undefined) {
      target += `?${encodeURIComponent(query)}=${encodeURIComponent(token)}`
    } else if (cookie !== undefined) headers.set("cookie", `${cookie}=${token}`)
  }
  return { method: "GET", target, authority: host, header: (name) => headers.get(name) }
}
