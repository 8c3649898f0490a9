import { spawnSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { root } from "../root.ts"

/** Of what npm says about a failure: the rest is advice. */
const LINES = 5

const folder = new URL("peers/", root)

/** Installs the other engines from their own lock file where they are missing. */
export function installPeers(): void {
  const { dependencies }: { dependencies: object } = JSON.parse(
    readFileSync(new URL("package.json", folder), "utf8"),
  )
  const missing = Object.keys(dependencies).filter(
    (name) => !existsSync(new URL(`node_modules/${name}/package.json`, folder)),
  )
  if (missing.length === 0) return
  process.stderr.write(`bench/peers: installing ${missing.join(", ")} (npm ci)\n`)
  const { status, stderr, error } = npm("ci", "--no-audit", "--no-fund", "--loglevel=error")
  if (status === 0) return
  const reason = error?.message ?? stderr.trim().split("\n").slice(0, LINES).join("\n")
  throw new Error(
    "the engines to compare with could not be installed in bench/peers: is the registry reachable?\n" +
      reason,
  )
}

/** The npm that started this, if one did: "npm" is a script of another kind on every platform. */
function npm(...args: string[]) {
  const options = { cwd: fileURLToPath(folder), encoding: "utf8" } as const
  const { npm_execpath: started } = process.env
  return started === undefined
    ? spawnSync("npm", args, options)
    : spawnSync(process.execPath, [started, ...args], options)
}
