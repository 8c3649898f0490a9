import {
  close,
  contextTag,
  fail,
  more,
  nextTag,
  open,
  type Reader,
  skip,
  tags,
} from "../../der/reader.ts"
import { count, oid } from "../../der/values.ts"

export interface PolicyMapping {
  readonly issuerDomain: string
  readonly subjectDomain: string
}

export interface PolicyConstraints {
  readonly requireExplicitPolicy: number | undefined
  readonly inhibitPolicyMapping: number | undefined
}

export const anyPolicy = "2.5.29.32.0"

/** RFC 5280 §4.2.1.4: policy identifiers, each at most once; qualifiers are for people and not kept. */
export function readPolicies(reader: Reader): ReadonlySet<string> {
  const list = open(reader, tags.sequence, "certificate policies")
  const policies = new Set<string>()
  if (!more(list)) fail(list, "no policy")
  while (more(list)) {
    const information = open(list, tags.sequence, "a policy")
    const policy = oid(information)
    if (policies.has(policy)) fail(information, "policy is repeated")
    if (more(information)) readQualifiers(information)
    close(information)
    policies.add(policy)
  }
  return policies
}

function readQualifiers(information: Reader): void {
  const list = open(information, tags.sequence, "policy qualifiers")
  if (!more(list)) fail(list, "no policy qualifier")
  while (more(list)) {
    const qualifier = open(list, tags.sequence, "a policy qualifier")
    oid(qualifier)
    skip(qualifier)
    close(qualifier)
  }
}

/** RFC 5280 §4.2.1.5. */
export function readPolicyMappings(reader: Reader): readonly PolicyMapping[] {
  const list = open(reader, tags.sequence, "policy mappings")
  const mappings: PolicyMapping[] = []
  if (!more(list)) fail(list, "no policy mapping")
  while (more(list)) {
    const pair = open(list, tags.sequence, "a policy mapping")
    mappings.push({ issuerDomain: oid(pair), subjectDomain: oid(pair) })
    close(pair)
  }
  return mappings
}

/** RFC 5280 §4.2.1.11; an empty sequence is forbidden there. */
export function readPolicyConstraints(reader: Reader): PolicyConstraints {
  const fields = open(reader, tags.sequence, "policy constraints")
  if (!more(fields)) fail(fields, "empty policy constraints")
  const requireExplicitPolicy = optionalCount(fields, contextTag(0, "primitive"))
  const inhibitPolicyMapping = optionalCount(fields, contextTag(1, "primitive"))
  close(fields)
  return { requireExplicitPolicy, inhibitPolicyMapping }
}

function optionalCount(fields: Reader, tag: number): number | undefined {
  return nextTag(fields) === tag ? count(fields, tag) : undefined
}
