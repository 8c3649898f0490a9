import { execFileSync } from "node:child_process"
import { arch, availableParallelism, cpus, loadavg, platform, release, totalmem } from "node:os"
import { fileURLToPath } from "node:url"
import { root } from "../root.ts"
import type { Environment } from "./result.ts"

/** Where and when something is measured. */
export function environment(): Environment {
  const { node = "", v8 = "", openssl = "" } = process.versions
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: commit(),
    node,
    v8,
    openssl,
    platform: `${platform()} ${release()} ${arch()}`,
    processor: cpus()[0]?.model.trim() ?? "unknown",
    processors: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  }
}

/** The commit that is measured; with a plus sign where sources differ from it. */
function commit(): string {
  // npm starts scripts in the root of the workspaces, where "../packages" would lie outside.
  const cwd = fileURLToPath(root)
  const git = (...args: string[]): string =>
    execFileSync("git", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim()
  try {
    const changed = git("status", "--porcelain", "--", "../packages", "../adapters", "src", "peers")
    return git("rev-parse", "--short", "HEAD") + (changed === "" ? "" : "+")
  } catch {
    return "unknown"
  }
}
