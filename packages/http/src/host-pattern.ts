import { normaliseHost, normaliseServerName } from "./host.ts"

/** A host of a route: every host, one host, or every host of one label before a suffix. */
export type HostPattern = { readonly _tag: "any" } | Exact | Wildcard

type Exact = { readonly _tag: "exact"; readonly name: string }
type Wildcard = { readonly _tag: "wildcard"; readonly suffix: string }

export type HostPatternProblem = { readonly _tag: "problem"; readonly problem: string }

/** Most hosts that the alternatives of one pattern may stand for. */
export const ALTERNATIVES_LIMIT = 256

/**
 * Reads the host of a route: `*`, a host, `*.suffix`, or a host with `{name}` and `{name:a|b}`.
 *
 * `{name}` stands for one label and only as the first one, as the asterisk does; `{name:a|b}` for
 * literal alternatives, in any place. Any other regular expression is a problem, and so is a port.
 */
export function readHostPattern(text: string): readonly HostPattern[] | HostPatternProblem {
  if (text === "*") return [{ _tag: "any" }]
  const suffix = /^(?:\*|\{(?:\w+|\?)\})\.(.*)$/.exec(text)?.[1]
  const hosts = expand(suffix ?? text)
  if (!Array.isArray(hosts)) return hosts
  const patterns = new Map<string, HostPattern>()
  for (const host of hosts) {
    const reading = suffix === undefined ? readExact(host) : readWildcard(host)
    if (reading._tag === "problem") return reading
    patterns.set(reading._tag === "exact" ? reading.name : reading.suffix, reading)
  }
  return [...patterns.values()]
}

// A name, or a question mark where nobody needs one.
const ALTERNATIVES = /^(?:\w+|\?):([\w-]+(?:\|[\w-]+)*)$/

function expand(text: string): string[] | HostPatternProblem {
  let hosts = [""]
  for (let at = 0; at < text.length; ) {
    const open = text.indexOf("{", at)
    const literal = text.slice(at, open < 0 ? text.length : open)
    hosts = hosts.map((host) => host + literal)
    if (open < 0) return hosts
    const close = text.indexOf("}", open)
    const alternatives = ALTERNATIVES.exec(text.slice(open + 1, close))?.[1]?.split("|")
    if (close < 0 || alternatives === undefined) return unsupported
    if (hosts.length * alternatives.length > ALTERNATIVES_LIMIT) return tooMany
    hosts = hosts.flatMap((host) => alternatives.map((alternative) => host + alternative))
    at = close + 1
  }
  return hosts
}

function readExact(text: string): Exact | HostPatternProblem {
  // Only an IPv6 address in brackets has colons here: ports belong to the listener.
  const reading = /^\[.*\]$/.test(text) ? normaliseHost(text) : normaliseServerName(text)
  return reading._tag === "problem" ? reading : { _tag: "exact", name: reading.name }
}

function readWildcard(suffix: string): Wildcard | HostPatternProblem {
  // As the name of a host: a suffix that is an address or its end makes none.
  const reading = normaliseServerName(`label.${suffix}`)
  if (reading._tag === "problem") return reading
  const rest = reading.name.slice("label.".length)
  return rest === "" ? noSuffix : { _tag: "wildcard", suffix: rest }
}

const unsupported: HostPatternProblem = {
  _tag: "problem",
  problem: "only {name} as the first label and {name:a|b} with literal alternatives are supported",
}

const noSuffix: HostPatternProblem = {
  _tag: "problem",
  problem: "a wildcard needs a suffix; every host is *",
}

const tooMany: HostPatternProblem = {
  _tag: "problem",
  problem: `the alternatives stand for more than ${ALTERNATIVES_LIMIT} hosts`,
}
