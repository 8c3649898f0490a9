const longestName = 253
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const digits = /^[0-9]+$/

/**
 * Whether `name`, in lower case, is a host name in the preferred syntax (RFC 5280 §4.2.1.6).
 *
 * A last label of digits would be an address in disguise; a trailing dot is another name for the same host.
 */
export function isHostName(name: string): boolean {
  if (name.length === 0 || name.length > longestName) return false
  const labels = name.split(".")
  return labels.every((part) => label.test(part)) && !digits.test(labels.at(-1) ?? "")
}

/** A host name, or one whose first label is the wildcard alone. */
export function isDnsName(name: string): boolean {
  return isHostName(name.startsWith("*.") ? name.slice(2) : name)
}

/** Whether `name` is `domain` or lies below it; the empty domain is the root of all. Both in lower case. */
export function isWithin(name: string, domain: string): boolean {
  return domain === "" || name === domain || name.endsWith(`.${domain}`)
}

/** Every host that the name may stand for lies within `domain`. */
export function isPermittedDns(name: string, domain: string): boolean {
  return isWithin(name.startsWith("*.") ? name.slice(2) : name, domain)
}

/** Some host that the name may stand for lies within `domain`: a wildcard reaches one label down. */
export function isExcludedDns(name: string, domain: string): boolean {
  if (!name.startsWith("*.")) return isWithin(name, domain)
  const base = name.slice(2)
  return isWithin(base, domain) || domain.slice(domain.indexOf(".") + 1) === base
}
