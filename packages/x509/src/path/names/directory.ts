import type { Name } from "../../certificate/name.ts"

/** Whether `name` begins with every part of `base`, in order (RFC 5280 §4.2.1.10). */
export function isBelowDirectory(name: Name, base: Name): boolean {
  if (base.rdns.length > name.rdns.length) return false
  return base.rdns.every((rdn, i) => rdn.key === name.rdns[i]?.key)
}
