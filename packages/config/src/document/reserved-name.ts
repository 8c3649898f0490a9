/**
 * Whether a member's name would do something other than name a member: `__proto__`, and YAML's merge key,
 * which YAML 1.2 does not have. Some readers would merge what it stands for; dropped, it could open an API.
 */
export function isReservedName(name: string): boolean {
  return name === "__proto__" || name === "<<"
}

/** What to do about one. */
export const reservedRemedy: string = "remove it, and write out what it stands for"
