import type { Configuration } from "@countersign/config"
import { readHostPattern } from "@countersign/http"
import { describePolicy } from "../describe-policy.ts"
import type { Terminal } from "../terminal.ts"

export interface Listening {
  readonly host: string
  readonly port: number
  readonly plainPort: number | undefined
  /** Clients cannot verify the server's certificate. */
  readonly isThrowAway: boolean
}

const MOST = 8

/** Where the server listens, and a curl command for each of the first APIs. */
export function welcome(
  { facts }: Configuration,
  listening: Listening,
  { colours }: Pick<Terminal, "colours">,
): string {
  const { host, port, plainPort, isThrowAway } = listening
  const { bold, dim } = colours
  const shown = facts.apis.slice(0, MOST)
  const rest = facts.apis.length - shown.length
  const lines = [
    `${bold("serving")} https://${authority(host)}:${port}${isThrowAway ? dim(" (throw-away server certificate: curl -k)") : ""}`,
    ...(plainPort === undefined
      ? []
      : [
          `${bold("serving")} http://${authority(host)}:${plainPort} ${dim("(plain: no certificate can be shown)")}`,
        ]),
    "",
    ...shown.flatMap(({ definition, api }) => [
      dim(`# ${definition.apiId}: ${describePolicy(api.policy)}`),
      curl(definition, api, listening),
    ]),
    ...(rest > 0 ? [dim(`# and ${rest} more`)] : []),
    "",
    dim(
      "denials are logged below; changed files are loaded by themselves, and on SIGHUP; interrupt to stop",
    ),
  ]
  return `${lines.join("\n")}\n`
}

type Compiled = Configuration["facts"]["apis"][number]

function curl(
  { host: pattern, listenPath }: Compiled["definition"],
  { policy, token }: Compiled["api"],
  { host, port, isThrowAway }: Listening,
): string {
  const name = exactHost(pattern)
  const { identity, staticMtls } = policy
  const asksForCertificate =
    staticMtls !== "off" || (identity._tag === "authToken" && identity.certificate)
  const asksForToken = token !== "none" && !(identity._tag === "authToken" && identity.certificate)
  const header = token === "none" ? undefined : token.header
  return [
    "curl",
    ...(isThrowAway ? ["-k"] : []),
    ...(asksForCertificate ? ["--cert client.pem --key client.key"] : []),
    ...(asksForToken && header !== undefined ? [`-H '${header}: TOKEN'`] : []),
    ...(name === undefined ? [] : [`--resolve ${name}:${port}:${host}`]),
    quoted(`https://${name ?? authority(host)}:${port}${listenPath}`),
  ].join(" ")
}

function exactHost(pattern: string): string | undefined {
  const read = readHostPattern(pattern)
  const [first] = "_tag" in read ? [] : read
  return first?._tag === "exact" ? first.name : undefined
}

/** As a shell takes it: a listen path may hold any printable character. */
function quoted(url: string): string {
  return /^[\w./:-]*$/.test(url) ? url : `'${url.replaceAll("'", "'\\''")}'`
}

/** An IPv6 address stands in brackets (RFC 3986 §3.2.2). */
function authority(host: string): string {
  return host.includes(":") ? `[${host}]` : host
}
