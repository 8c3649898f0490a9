import type { Configuration, Loader } from "@countersign/config"
import type { Guard } from "@countersign/guard"
import { generationOf } from "../guard-configuration.ts"
import { formatProblems } from "../problems.ts"
import type { Terminal } from "../terminal.ts"
import type { Changes } from "./watch-files.ts"

/**
 * Replaces what a guard decides by with what the files say now, at once and as a whole. Files that cannot be
 * served change nothing: the problems are printed, the last generation keeps deciding, and nothing is returned.
 */
export function reload(
  loader: Loader,
  guard: Guard,
  changes: Changes,
  terminal: Pick<Terminal, "out" | "err" | "colours" | "now">,
): Configuration | undefined {
  const now = terminal.now()
  const loaded = loader.load(changes === "anything" ? { now } : { now, changed: changes })
  if (loaded._tag === "Invalid") {
    const kept = `countersign: not reloaded; generation ${guard.generation()} keeps serving\n`
    terminal.err(`${formatProblems(loaded.problems, terminal)}${kept}`)
    return undefined
  }
  guard.replace(generationOf(loaded))
  terminal.out(`${reloadedLine(guard.generation(), loaded, terminal)}\n`)
  return loaded
}

function reloadedLine(
  generation: number,
  { apis, sessions, certificates, problems }: Configuration,
  { colours }: Pick<Terminal, "colours">,
): string {
  const found = `APIs: ${apis.size}, sessions: ${sessions.size}, stored certificates: ${certificates.size}`
  const warned = problems.length === 0 ? "" : `, warnings: ${problems.length}`
  return `${colours.bold("reloaded")} generation ${generation} ${colours.dim(`(${found}${warned})`)}`
}
