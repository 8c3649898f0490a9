import { isHostName, isWithin } from "./dns.ts"

const absolute = /^[A-Za-z][A-Za-z0-9+.-]*:[\w.~:/?#[\]@!$&'()*+,;=%-]+$/

/** Whether `text` has a scheme and the characters of RFC 3986 (RFC 5280 §4.2.1.6 forbids relative URIs). */
export function isAbsoluteUri(text: string): boolean {
  return absolute.test(text)
}

/**
 * The host of a URI in lower case; undefined unless it is a plain host name.
 *
 * Anything that two readers could take for different hosts is no host: two `@`, an escape, an address. A constraint on URIs refuses such a name (RFC 5280 §4.2.1.10).
 */
export function uriHost(text: string): string | undefined {
  const start = text.indexOf("://")
  if (!isAbsoluteUri(text) || start === -1 || start !== text.indexOf(":")) return undefined
  const authority = text.slice(start + 3).split(/[/?#]/, 1)[0] ?? ""
  const parts = authority.split("@")
  const hostAndPort = parts.length > 2 ? "" : (parts.at(-1) ?? "")
  const colon = hostAndPort.indexOf(":")
  const host = (colon === -1 ? hostAndPort : hostAndPort.slice(0, colon)).toLowerCase()
  const port = colon === -1 ? "" : hostAndPort.slice(colon + 1)
  return isHostName(host) && /^[0-9]*$/.test(port) ? host : undefined
}

/** A URI constraint: a host exactly, or with a leading dot every host below a domain. */
export type UriConstraint =
  | { readonly _tag: "Host"; readonly host: string }
  | { readonly _tag: "Below"; readonly domain: string }

export function readUriConstraint(text: string): UriConstraint | undefined {
  const lower = text.toLowerCase()
  const host = lower.startsWith(".") ? lower.slice(1) : lower
  if (!isHostName(host)) return undefined
  return lower.startsWith(".") ? { _tag: "Below", domain: host } : { _tag: "Host", host }
}

export function matchesUri(host: string, constraint: UriConstraint): boolean {
  if (constraint._tag === "Host") return host === constraint.host
  return host !== constraint.domain && isWithin(host, constraint.domain)
}
