import type { Subtree } from "../../certificate/extension/name-constraints.ts"
import type { GeneralName } from "../../certificate/general-name.ts"
import { type ComparableName, kindOf } from "./comparable-name.ts"
import { isBelowDirectory } from "./directory.ts"
import { isExcludedDns, isHostName, isPermittedDns } from "./dns.ts"
import { matchesEmail, readEmailConstraint } from "./email.ts"
import { isInNetwork, readNetwork } from "./ip.ts"
import { matchesUri, readUriConstraint } from "./uri.ts"

/** A subtree ready to be compared with names of its kind. */
export interface Constraint {
  readonly base: GeneralName
  readonly kind: string
  readonly matches: (name: ComparableName) => boolean
}

/** Which side matters for wildcards: all of their hosts must be permitted, none may be excluded. */
export type Side = "permitted" | "excluded"

/** Reads a subtree; undefined if it is malformed, or has the minimum or maximum that RFC 5280 §4.2.1.10 forbids. */
export function readConstraint({ base, ranged }: Subtree, side: Side): Constraint | undefined {
  const matches = ranged ? undefined : matcher(base, side)
  return matches && { base, kind: kindOf(base), matches }
}

function matcher(base: GeneralName, side: Side): Constraint["matches"] | undefined {
  switch (base._tag) {
    case "Dns":
      return dnsMatcher(base.text.toLowerCase(), side)
    case "Email":
      return emailMatcher(base.text)
    case "Uri":
      return uriMatcher(base.text)
    case "Ip":
      return ipMatcher(base.octets)
    case "Directory":
      return (name) => name._tag === "Directory" && isBelowDirectory(name.name, base.name)
    case "Other":
      return () => false
  }
}

function dnsMatcher(domain: string, side: Side): Constraint["matches"] | undefined {
  if (domain !== "" && !isHostName(domain)) return undefined
  const reaches = side === "permitted" ? isPermittedDns : isExcludedDns
  return (name) => name._tag === "Dns" && reaches(name.name, domain)
}

function emailMatcher(text: string): Constraint["matches"] | undefined {
  const constraint = readEmailConstraint(text)
  if (constraint === undefined) return undefined
  return (name) => name._tag === "Email" && matchesEmail(name.mailbox, constraint)
}

function uriMatcher(text: string): Constraint["matches"] | undefined {
  const constraint = readUriConstraint(text)
  if (constraint === undefined) return undefined
  return (name) => name._tag === "Uri" && matchesUri(name.host, constraint)
}

function ipMatcher(octets: Uint8Array): Constraint["matches"] | undefined {
  const network = readNetwork(octets)
  if (network === undefined) return undefined
  return (name) => name._tag === "Ip" && isInNetwork(name.octets, network)
}
