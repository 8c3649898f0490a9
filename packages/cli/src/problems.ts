import type { Problem } from "@countersign/config"
import { printable } from "./printable.ts"
import type { Terminal } from "./terminal.ts"

/** Problems as operators read them: what and where, why, and what to do. */
export function formatProblems(
  problems: readonly Problem[],
  { colours }: Pick<Terminal, "colours">,
): string {
  const { red, yellow, bold, dim } = colours
  const lines = problems.flatMap(({ severity, code, file, place, message, remedy }) => [
    `${severity === "error" ? red("error  ") : yellow("warning")} ${bold(printable(file))} ${printable(place)} ${dim(code)}`,
    `        ${printable(message)}`,
    `        ${dim("remedy:")} ${printable(remedy)}`,
  ])
  return lines.map((line) => `${line}\n`).join("")
}
