import { guardConfiguration } from "../guard-configuration.ts"
import { type ConfigurationOptions, load } from "../load.ts"
import { readChain, readFile } from "../read-files.ts"
import { exitCodes, OperatorError, type Terminal } from "../terminal.ts"
import { factsOf, type Question } from "./facts.ts"
import { report, reportJson } from "./report.ts"

export interface ExplainOptions extends ConfigurationOptions {
  readonly api: string
  /** PEM file, the leaf first. */
  readonly cert?: string
  /** `-`: from standard input. */
  readonly token?: string
  readonly tokenFile?: string
  readonly host?: string
  readonly serverName?: string
  readonly path?: string
  /** ISO 8601 */
  readonly at?: string
  readonly plain?: boolean
  readonly json?: boolean
  /** A denial ends with 1. */
  readonly exitCode?: boolean
}

/** Decides one request that nobody sent, and prints every rule that was tried. */
export async function explain(options: ExplainOptions, terminal: Terminal): Promise<number> {
  const configuration = load(options, terminal)
  const question: Question = {
    api: options.api,
    chain: options.cert === undefined ? [] : readChain(options.cert),
    token: await readToken(options, terminal),
    plain: options.plain === true,
    host: options.host,
    serverName: options.serverName,
    path: options.path,
    now: options.at === undefined ? terminal.now() : instantOf(options.at),
  }
  const facts = factsOf(configuration, question)
  const guard = guardConfiguration(configuration)
  const routed = guard.apiOf(facts.head)?.policy.apiId
  if (routed !== undefined && routed !== question.api) {
    throw new OperatorError(
      `this host and path belong to API \`${routed}\`; name others with --host and --path`,
    )
  }
  const explanation = await guard.explain(facts)
  terminal.out(
    options.json === true
      ? reportJson(question, explanation)
      : report(configuration, question, explanation, terminal),
  )
  const isDenied = explanation.verdict._tag === "Deny"
  return options.exitCode === true && isDenied ? exitCodes.differs : exitCodes.success
}

async function readToken(
  { token, tokenFile }: ExplainOptions,
  terminal: Terminal,
): Promise<string | undefined> {
  if (tokenFile !== undefined) return withoutLineEnd(readFile(tokenFile))
  return token === "-" ? withoutLineEnd(await terminal.input()) : token
}

function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, "")
}

function instantOf(text: string): number {
  const instant = /^\d{4}-\d\d-\d\d(?:T|$)/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(instant)) {
    throw new OperatorError("--at is no time; write 2030-01-31 or 2030-01-31T12:00:00Z")
  }
  return instant
}
