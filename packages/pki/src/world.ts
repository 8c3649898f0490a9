import { type Authority, asAuthority, createAuthority, selfSigned } from "./authority.ts"
import type { Issued } from "./certificate.ts"
import { type Extension, nameConstraints } from "./extension.ts"
import { createKey, type Key } from "./key.ts"
import { malform } from "./malform.ts"
import type { Member } from "./member.ts"
import { AUTHORITY_PLANS, leafPlans, ODD_LEAF_PLANS, type Plan } from "./world-plan.ts"

export interface World {
  /** The two roots first; later ones are odder, so that counterexamples shrink to plain chains. */
  readonly authorities: readonly Member[]
  readonly leaves: readonly Member[]
}

/**
 * Issues a small world of certificates: two roots that cross-sign each other, an impostor with the
 * first root's name, intermediates with every kind of limit, and leaves of every kind below each.
 * Takes about half a second: once per test file is enough.
 */
export async function createWorld(): Promise<World> {
  const nodes = new Map<string, Node>()
  const keys = keyRing()
  for (const plan of AUTHORITY_PLANS) nodes.set(plan.id, await realise(plan, nodes, keys))
  const plans = [...nodes.keys()].flatMap(leafPlans)
  const leaves = await Promise.all(
    [...plans, ...ODD_LEAF_PLANS].map((plan) => realise(plan, nodes, keys)),
  )
  return {
    authorities: [...nodes.values()].map((node) => node.member),
    leaves: leaves.map((node) => node.member),
  }
}

interface Node {
  readonly member: Member
  readonly authority: Authority
}

type KeyRing = (label: string) => Promise<Key>

function keyRing(): KeyRing {
  const keys = new Map<string, Promise<Key>>()
  return (label) => {
    const key = keys.get(label) ?? createKey()
    keys.set(label, key)
    return key
  }
}

async function realise(plan: Plan, nodes: ReadonlyMap<string, Node>, keys: KeyRing): Promise<Node> {
  const issuer = plan.by === undefined ? undefined : nodes.get(plan.by)
  const made = await issue(plan, issuer?.authority, keys)
  const issued = plan.malformed === undefined ? made : await malform(made, plan.malformed)
  return { member: member(plan, issued, issuer?.member), authority: asAuthority(issued) }
}

async function issue(plan: Plan, issuer: Authority | undefined, keys: KeyRing): Promise<Issued> {
  const { validity, dnsNames = [] } = plan
  const options = {
    name: plan.subject ?? plan.id,
    key: await keys(plan.key ?? plan.id),
    validity,
    extensions: constraints(plan),
    usage: plan.purposes ?? ("none" as const),
    ...(plan.pathLength !== undefined && { pathLength: plan.pathLength }),
    ...(plan.forgedWith !== undefined && { signWith: await keys(plan.forgedWith) }),
  }
  if (issuer === undefined) {
    return plan.authority ? createAuthority(options) : selfSigned({ ...options, ca: false })
  }
  if (plan.authority) return issuer.issueAuthority(options)
  return issuer.issue({ ...options, ...(dnsNames.length > 0 && { san: dnsNames }) })
}

function constraints({ permitted, excluded }: Plan): readonly Extension[] {
  if (permitted === undefined && excluded === undefined) return []
  return [nameConstraints({ ...(permitted && { permitted }), ...(excluded && { excluded }) })]
}

function member(plan: Plan, issued: Issued, issuer: Member | undefined): Member {
  const { id, subject = id, key = id, pathLength, purposes, permitted, excluded } = plan
  return {
    id,
    der: issued.der,
    sha256: issued.sha256,
    subject,
    key,
    issuer: issuer?.subject ?? subject,
    signedBy: plan.forgedWith ?? issuer?.key ?? key,
    authority: plan.authority,
    validity: plan.validity,
    dnsNames: plan.dnsNames ?? [],
    malformed: plan.malformed !== undefined,
    above: issuer === undefined ? [] : [issuer.id, ...issuer.above],
    ...(pathLength !== undefined && { pathLength }),
    ...(purposes && { purposes }),
    ...(permitted && { permitted }),
    ...(excluded && { excluded }),
  }
}
