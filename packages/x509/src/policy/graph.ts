import { anyPolicy, type PolicyMapping } from "../certificate/extension/policies.ts"

/**
 * One certificate's row of the valid policy graph (RFC 9618 §5, replacing the tree of RFC 5280 §6.1.2 (a)).
 *
 * A row has one node for each policy, with all of its parents, where the tree had one for each path: so that
 * rows grow with the certificates, and never with their product.
 */
export interface Row {
  readonly nodes: ReadonlyMap<string, PolicyNode>
  /** Expected policies of all nodes together: what the next row costs. */
  readonly size: number
}

interface PolicyNode {
  readonly policy: string
  readonly parents: readonly PolicyNode[]
  /** What the next certificate may say to continue this policy. */
  readonly expected: ReadonlySet<string>
}

/** The row above the first certificate: any policy. */
export function initialRow(): Row {
  return rowOf([node(anyPolicy, [])])
}

/** The row of a certificate that lists `policies` (RFC 5280 §6.1.3 (d)); `any` tells whether its anyPolicy counts. */
export function nextRow(above: Row, policies: ReadonlySet<string>, any: boolean): Row {
  const continuing = parentsByExpected(above)
  const wild = above.nodes.get(anyPolicy)
  const named = [...policies].flatMap((policy) => {
    const parents = continuing.get(policy) ?? (wild && [wild])
    return policy === anyPolicy || parents === undefined ? [] : [node(policy, parents)]
  })
  if (!any || !policies.has(anyPolicy)) return rowOf(named)
  const carried = [...continuing].flatMap(([policy, parents]) =>
    policy !== anyPolicy && policies.has(policy) ? [] : [node(policy, parents)],
  )
  return rowOf([...named, ...carried])
}

/** Applies policy mappings (RFC 5280 §6.1.4 (b)); where mapping is inhibited, mapped policies end. */
export function mapRow(row: Row, mappings: readonly PolicyMapping[], isAllowed: boolean): Row {
  const subjects = new Map<string, Set<string>>()
  for (const { issuerDomain, subjectDomain } of mappings) {
    const known = subjects.get(issuerDomain)
    if (known === undefined) subjects.set(issuerDomain, new Set([subjectDomain]))
    else known.add(subjectDomain)
  }
  const wild = row.nodes.get(anyPolicy)
  const nodes = new Map(row.nodes)
  for (const [policy, expected] of subjects) {
    const mapped = row.nodes.get(policy)
    const parents = mapped?.parents ?? wild?.parents
    if (!isAllowed) nodes.delete(policy)
    else if (parents !== undefined) nodes.set(policy, { policy, parents, expected })
  }
  return { nodes, size: row.size + mappings.length }
}

/**
 * The policies under which the path is valid in the terms of its anchor (RFC 5280 §6.1.5 (g) (iii) 1): the
 * first policy after anyPolicy on every way from the anchor to the last row.
 */
export function anchorPolicies(last: Row): ReadonlySet<string> {
  const found = new Set<string>()
  const seen = new Set<PolicyNode>(last.nodes.values())
  for (const current of seen) {
    const isFirst = current.parents.some((parent) => parent.policy === anyPolicy)
    if (isFirst || current.policy === anyPolicy) found.add(current.policy)
    for (const parent of current.parents) if (parent.policy !== anyPolicy) seen.add(parent)
  }
  return found
}

function node(policy: string, parents: readonly PolicyNode[]): PolicyNode {
  return { policy, parents, expected: new Set([policy]) }
}

function rowOf(nodes: readonly PolicyNode[]): Row {
  return { nodes: new Map(nodes.map((each) => [each.policy, each])), size: nodes.length }
}

function parentsByExpected(row: Row): Map<string, PolicyNode[]> {
  const parents = new Map<string, PolicyNode[]>()
  for (const each of row.nodes.values()) {
    for (const policy of each.expected) {
      const known = parents.get(policy)
      if (known === undefined) parents.set(policy, [each])
      else known.push(each)
    }
  }
  return parents
}
