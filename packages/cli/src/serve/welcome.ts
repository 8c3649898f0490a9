import type { Configuration } from "@countersign/config"
import { readHostPattern } from "@countersign/http"
import { describePolicy } from "../describe-policy.ts"
import { printable } from "../printable.ts"
import { shellWord } from "../shell-word.ts"
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
      dim(`# ${printable(definition.apiId)}: ${describePolicy(api.policy)}`),
      command(definition, api, listening),
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

/** A command to copy; none where it would hold characters that do not show. */
function command(definition: Compiled["definition"], api: Compiled["api"], to: Listening): string {
  const words = curl(definition, api, to)
  return words.every((word) => printable(word) === word)
    ? words.map(shellWord).join(" ")
    : "# its host, path or header holds characters that do not show: no command to copy"
}

function curl(
  { host: pattern, listenPath }: Compiled["definition"],
  { policy, token }: Compiled["api"],
  { host, port, isThrowAway }: Listening,
): readonly string[] {
  const name = exactHost(pattern)
  const { identity, staticMtls } = policy
  const isDynamic = identity._tag === "authToken" && identity.certificate
  const asksForCertificate = staticMtls !== "off" || isDynamic
  const header = token === "none" || isDynamic ? undefined : token.header
  return [
    "curl",
    ...(isThrowAway ? ["-k"] : []),
    ...(asksForCertificate ? ["--cert", "client.pem", "--key", "client.key"] : []),
    ...(header === undefined ? [] : ["-H", `${header}: TOKEN`]),
    ...(name === undefined ? [] : ["--resolve", `${name}:${port}:${authority(host)}`]),
    `https://${name ?? authority(host)}:${port}${listenPath}`,
  ]
}

function exactHost(pattern: string): string | undefined {
  const read = readHostPattern(pattern)
  const [first] = "_tag" in read ? [] : read
  return first?._tag === "exact" ? first.name : undefined
}

/** An IPv6 address stands in brackets (RFC 3986 §3.2.2). */
function authority(host: string): string {
  return host.includes(":") ? `[${host}]` : host
}
