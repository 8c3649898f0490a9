import type { Interval, Member } from "./member.ts"

export interface ProvenPath extends Interval {
  /** From the leaf to the anchor, both included. */
  readonly members: readonly Member[]
  readonly anchor: Member
}

/**
 * Every path for client authentication from the leaf through the extra certificates to an anchor,
 * with the time in which all of it is valid (RFC 5280 §6.1, over facts instead of encodings). No
 * name and key occur twice in one path. Paths that are never valid are left out, and a leaf that is
 * an authority has none.
 */
export function provenPaths(
  leaf: Member,
  extras: readonly Member[],
  anchors: readonly Member[],
): readonly ProvenPath[] {
  if (leaf.authority) return []
  const pool = [...new Set(extras)]
  const found: ProvenPath[] = []
  const open: (readonly Member[])[] = [[leaf]]
  // Ends because no path repeats a name and key, of which there are finitely many.
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const below = path
    found.push(...anchors.filter((anchor) => continues(below, anchor)).flatMap(prove(below)))
    open.push(
      ...pool.filter((issuer) => continues(below, issuer)).map((issuer) => [...below, issuer]),
    )
  }
  return found
}

function continues(path: readonly Member[], issuer: Member): boolean {
  const last = path.at(-1)
  return (
    last?.issuer === issuer.subject &&
    last.signedBy === issuer.key &&
    !path.some(({ subject, key }) => subject === issuer.subject && key === issuer.key)
  )
}

function prove(below: readonly Member[]): (anchor: Member) => readonly ProvenPath[] {
  return (anchor) => {
    const members = [...below, anchor]
    const notBefore = Math.max(...members.map((member) => member.validity.notBefore))
    const notAfter = Math.min(...members.map((member) => member.validity.notAfter))
    const holds = notBefore <= notAfter && members.every((_, index) => mayStand(members, index))
    return holds ? [{ members, anchor, notBefore, notAfter }] : []
  }
}

function mayStand(members: readonly Member[], index: number): boolean {
  const member = members[index]
  if (member === undefined || member.malformed) return false
  if (member.purposes !== undefined && !member.purposes.includes("client")) return false
  if (index === 0) return true
  const below = members.slice(0, index)
  return (
    member.authority &&
    below.slice(1).filter(isForeign).length <= (member.pathLength ?? Number.POSITIVE_INFINITY) &&
    below.every((other, position) => (position > 0 && !isForeign(other)) || admits(member, other))
  )
}

/** Self-issued certificates count for neither path length nor name constraints (RFC 5280 §6.1.4). */
function isForeign(member: Member): boolean {
  return member.subject !== member.issuer
}

function admits({ permitted, excluded = [] }: Member, { dnsNames }: Member): boolean {
  return dnsNames.every(
    (name) => (permitted === undefined || liesIn(name, permitted)) && !liesIn(name, excluded),
  )
}

function liesIn(name: string, domains: readonly string[]): boolean {
  return domains.some((domain) => name === domain || name.endsWith(`.${domain}`))
}
