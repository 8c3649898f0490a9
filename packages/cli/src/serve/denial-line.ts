import type { Decision } from "@countersign/guard"
import { readTarget } from "@countersign/http"
import { printable } from "../printable.ts"
import type { Terminal } from "../terminal.ts"

/** One line for the log; the path without its query, which may hold a token. */
export function denialLine(
  { facts, verdict, judged }: Decision,
  { colours }: Pick<Terminal, "colours">,
): string {
  if (verdict._tag === "Allow") return ""
  const { reason, detail, status } = verdict
  const { method, target } = facts.head
  const read = readTarget(target, method)
  const leaf = facts.connection.leaf?.hex.slice(0, 16)
  return [
    new Date(facts.now).toISOString(),
    colours.red("deny"),
    String(status),
    reason,
    ...(detail === undefined ? [] : [`(${detail})`]),
    method,
    read._tag === "path" ? printable(shortened(read.path)) : "-",
    ...(judged === undefined ? [] : [`api=${printable(judged.policy.apiId)}`]),
    facts.connection.encrypted ? `certificate=${leaf ?? "none"}` : "plain",
  ].join(" ")
}

const MOST = 80

function shortened(path: string): string {
  return path.length > MOST ? `${path.slice(0, MOST)}…` : path
}
