import type { Configuration, Invalid, Problem } from "@countersign/config"
import type { Terminal } from "./terminal.ts"

/** Problems as operators read them: what and where, why, and what to do. */
export function formatProblems(
  problems: readonly Problem[],
  { colours }: Pick<Terminal, "colours">,
): string {
  const { red, yellow, bold, dim } = colours
  const lines = problems.flatMap(({ severity, code, file, place, message, remedy }) => [
    `${severity === "error" ? red("error  ") : yellow("warning")} ${bold(file)} ${place} ${dim(code)}`,
    `        ${message}`,
    `        ${dim("remedy:")} ${remedy}`,
  ])
  return lines.map((line) => `${line}\n`).join("")
}

/** How many there are of each kind, in one line. */
export function countProblems(loaded: Configuration | Invalid): string {
  const errors = loaded.problems.filter(({ severity }) => severity === "error").length
  const warnings = loaded.problems.length - errors
  const found = `${count(errors, "error")}, ${count(warnings, "warning")}`
  if (loaded._tag === "Invalid") return `${found}; nothing is served`
  const { apis, sessions, certificates } = loaded
  const served = [
    count(apis.size, "API"),
    count(sessions.size, "session"),
    count(certificates.size, "stored certificate"),
  ]
  return `${found}; ${served.join(", ")}`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`
}
