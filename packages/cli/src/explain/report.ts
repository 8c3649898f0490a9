import type { Configuration } from "@countersign/config"
import type { Explanation, Step, Verdict } from "@countersign/engine"
import { formatName, readCertificate } from "@countersign/x509"
import { sha256 } from "@countersign/x509/node"
import { describePolicy } from "../describe-policy.ts"
import { printable, printableJson } from "../printable.ts"
import { renderTable } from "../table.ts"
import type { Terminal } from "../terminal.ts"
import type { Question } from "./facts.ts"

/** What was asked, every rule that was tried, the verdict, and the smallest change. */
export function report(
  configuration: Configuration,
  question: Question,
  { verdict, steps, change }: Explanation,
  terminal: Pick<Terminal, "colours" | "columns">,
): string {
  const { colours, columns } = terminal
  const table = [
    { title: "rule", width: 24 },
    { title: "holds", width: 5 },
    { title: "facts", width: columns - 32 },
  ]
  const api = configuration.apis.get(question.api)
  const lines = [
    `${colours.bold(printable(question.api))}: ${api === undefined ? "" : describePolicy(api.policy)}`,
    `presented: ${presented(question)}`,
    ...leafLine(question.chain),
    `at: ${new Date(question.now).toISOString()}`,
    "",
    steps.length === 0
      ? "no rule was tried: the request reaches no API"
      : renderTable(
          table,
          steps.map((step) => rowOf(step, colours)),
        ),
    "",
    verdictText(verdict, colours),
    ...(change === undefined ? [] : [`smallest change: ${printable(shortened(change.text))}`]),
    ...(api?.token === "none" && question.token !== undefined
      ? [colours.dim("the token was not read: this API takes none")]
      : []),
  ]
  return `${lines.join("\n")}\n`
}

/** The same for machines; full fingerprints, never a token. */
export function reportJson(question: Question, explanation: Explanation): string {
  const { api, now, plain, token } = question
  const [leaf] = question.chain
  const asked = {
    api,
    at: new Date(now).toISOString(),
    transport: plain ? "plain" : "tls",
    certificate: leaf === undefined ? null : sha256(leaf),
    token: token === undefined ? "none" : "presented",
  }
  return `${printableJson({ asked, generation: 0, ...explanation })}\n`
}

function rowOf({ rule, held, facts }: Step, { green, yellow }: Terminal["colours"]): string[] {
  const known = facts.map(({ name, value }) => `${name}: ${printable(shortened(value))}`)
  return [rule, held ? green("yes") : yellow("no"), known.join("\n")]
}

/** Fingerprints and session ids by their first digits; the whole ones are in the JSON. */
function shortened(text: string): string {
  return text.replace(/\b([0-9a-f]{16})[0-9a-f]{48}\b/g, "$1…")
}

function presented({ chain, token, plain }: Question): string {
  const certificate =
    chain.length > 1 ? `a certificate and ${chain.length - 1} behind it` : "a certificate"
  return [
    plain ? "plain HTTP" : "TLS",
    chain.length === 0 ? "no certificate" : certificate,
    token === undefined ? "no token" : "a token",
  ].join(", ")
}

/** The leaf as allow lists call it, and its subject. */
function leafLine([leaf]: Question["chain"]): readonly string[] {
  if (leaf === undefined) return []
  const read = readCertificate(leaf)
  const subject = read._tag === "Certificate" ? formatName(read.subject) : "unreadable"
  return [`certificate: ${sha256(leaf)} (${printable(subject)})`]
}

function verdictText(verdict: Verdict, { bold, green, red }: Terminal["colours"]): string {
  if (verdict._tag === "Deny") {
    const { reason, detail, status, message } = verdict
    const why = detail === undefined ? "" : ` (${detail})`
    return `${bold(red("Deny"))} ${reason}${why}: ${status} ${printable(message)}`
  }
  const { session, sessionBy, leaf, leafBy } = verdict.identity
  const known = [
    ...(session === undefined ? [] : [`session ${shortened(session)} by ${sessionBy}`]),
    ...(leaf === undefined ? [] : [`certificate ${shortened(leaf)} by ${leafBy}`]),
  ]
  return `${bold(green("Allow"))} ${known.join(", ") || "nobody in particular: the API is open"}`
}
