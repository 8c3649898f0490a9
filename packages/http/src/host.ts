import { isIpv4 } from "./ipv4.ts"
import { canonicalIpv6 } from "./ipv6.ts"

/** A host in its canonical form: lower case, no port, no trailing dot; IPv6 in brackets. */
export type Host = {
  readonly _tag: "host"
  readonly name: string
  /** An IP address, not a name. */
  readonly literal: boolean
}

export type HostProblem = { readonly _tag: "problem"; readonly problem: string }

export type HostReading = Host | HostProblem

/**
 * Reads the value of a `Host` header, of `:authority` or of the authority of an absolute-form target.
 *
 * A port (RFC 9110 §7.2) and one trailing dot are removed; A-labels stay as they are. User
 * information, white space, a list, an empty label, a zone id and anything beyond ASCII are problems.
 */
export function normaliseHost(text: string): HostReading {
  if (text.length > LIMIT) return tooLong
  const bracket = text.startsWith("[") ? text.indexOf("]") + 1 : 0
  const colon = text.indexOf(":", bracket)
  const end = colon < 0 ? text.length : colon
  if (colon >= 0 && !isPort(text.slice(end + 1)))
    return problem("the port is not a number up to 65535")
  if (bracket === 0) return readName(text.slice(0, end))
  return bracket === end
    ? readIpv6(text.slice(1, bracket - 1))
    : problem("text after an IPv6 address")
}

/**
 * Reads the server name of a TLS handshake (RFC 6066 §3): a host without port or brackets.
 *
 * IP addresses are recognised although no server name may be one.
 */
export function normaliseServerName(text: string): HostReading {
  if (text.length > LIMIT) return tooLong
  return text.includes(":") ? readIpv6(text) : readName(text)
}

// 253 characters of name (RFC 1035 §3.1), a trailing dot, a colon and five digits.
const LIMIT = 260
const LABELS = /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/i
const NUMERIC_END = /(?:^|\.)(?:[0-9]+|0x[0-9a-f]*)$/

const tooLong: HostProblem = problem("the host is too long")

function readName(text: string): HostReading {
  const labels = text.endsWith(".") ? text.slice(0, -1) : text
  if (labels.length > 253) return tooLong
  // Before lower case is taken: the Kelvin sign's is an ASCII letter.
  if (!LABELS.test(labels)) return problem("the host is not labels of letters, digits, - and _")
  const name = labels.toLowerCase()
  if (!NUMERIC_END.test(name)) return { _tag: "host", name, literal: false }
  // Readers disagree about 127.1, 0x7f.0.0.1 and 010.0.0.1.
  return isIpv4(name)
    ? { _tag: "host", name, literal: true }
    : problem("the host ends in a number and is no IPv4 address")
}

function readIpv6(text: string): HostReading {
  const address = canonicalIpv6(text)
  return address === undefined
    ? problem("the host is no IPv6 address")
    : { _tag: "host", name: `[${address}]`, literal: true }
}

function isPort(text: string): boolean {
  return /^[0-9]{0,5}$/.test(text) && Number(text) <= 65_535
}

function problem(text: string): HostProblem {
  return { _tag: "problem", problem: text }
}
