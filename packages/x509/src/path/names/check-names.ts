import type { Certificate } from "../../certificate/certificate.ts"
import type { NameConstraints, Subtree } from "../../certificate/extension/name-constraints.ts"
import { extensionIds } from "../../certificate/extensions.ts"
import type { GeneralName } from "../../certificate/general-name.ts"
import type { CertificateFailure, NameRule } from "../failure.ts"
import { comparableName, kindOf } from "./comparable-name.ts"
import { type Constraint, readConstraint, type Side } from "./constraint.ts"

type Spend = (comparisons: number) => boolean

/**
 * Applies the name constraints of `issuer` to certificates below it (RFC 5280 §6.1.3 (b), (c) and §4.2.1.10).
 *
 * Every name of a constrained kind must be permitted, and none excluded; the subject counts as a directory name,
 * and its e-mail addresses as mailboxes. Each name costs all constraints, of whatever kind, so that the bound is
 * plain; when `spend` refuses, the examination ends.
 */
export function checkNames(
  issuer: Certificate,
  below: readonly Certificate[],
  spend: Spend,
): CertificateFailure | undefined {
  const constraints = issuer.extensions.nameConstraints
  if (constraints === undefined) return undefined
  const count = (constraints.permitted?.length ?? 0) + (constraints.excluded?.length ?? 0)
  const read = readConstraints(constraints)
  if (read === undefined) return refused(issuer, "a constraint is empty or malformed")
  for (const certificate of below) {
    for (const name of namesOf(certificate)) {
      if (!spend(count)) return refused(issuer, "budget is exhausted")
      const broken = firstBroken(name, read)
      if (broken !== undefined) {
        return { _tag: "NameConstraintViolated", certificate, issuer, name, ...broken }
      }
    }
  }
  return undefined
}

function refused(certificate: Certificate, reason: string): CertificateFailure {
  return { _tag: "ExtensionRefused", certificate, extension: extensionIds.nameConstraints, reason }
}

/** By the kind of name that they speak about; names of other kinds are free. */
type Constraints = ReadonlyMap<string, Both>

interface Both {
  readonly permitted: Constraint[]
  readonly excluded: Constraint[]
}

function readConstraints({ permitted, excluded }: NameConstraints): Constraints | undefined {
  if (permitted === undefined && excluded === undefined) return undefined
  if (permitted?.length === 0 || excluded?.length === 0) return undefined
  const byKind = new Map<string, Both>()
  const isRead =
    readSubtrees(permitted ?? [], "permitted", byKind) &&
    readSubtrees(excluded ?? [], "excluded", byKind)
  return isRead ? byKind : undefined
}

function readSubtrees(subtrees: readonly Subtree[], side: Side, into: Map<string, Both>): boolean {
  for (const subtree of subtrees) {
    const constraint = readConstraint(subtree, side)
    if (constraint === undefined) return false
    const same = into.get(constraint.kind) ?? { permitted: [], excluded: [] }
    same[side].push(constraint)
    into.set(constraint.kind, same)
  }
  return true
}

const emailAddress = "1.2.840.113549.1.9.1"

/** The names that constraints speak about: alternative names, a subject that is not empty, addresses inside it. */
function namesOf({ subject, extensions }: Certificate): GeneralName[] {
  const names: GeneralName[] = [...(extensions.subjectAltName ?? [])]
  if (subject.rdns.length > 0) names.push({ _tag: "Directory", name: subject })
  for (const { oid, text } of subject.rdns.flatMap((rdn) => rdn.attributes)) {
    if (oid === emailAddress) names.push({ _tag: "Email", text: text ?? "" })
  }
  return names
}

const none: Both = { permitted: [], excluded: [] }

interface Broken {
  readonly rule: NameRule
  readonly constraint: GeneralName
}

function firstBroken(name: GeneralName, constraints: Constraints): Broken | undefined {
  const { permitted, excluded } = constraints.get(kindOf(name)) ?? none
  const comparable = comparableName(name)
  const first = excluded[0] ?? permitted[0]
  if (comparable._tag === "Unclear") return first && { rule: unclear(name), constraint: first.base }
  const barring = excluded.find((constraint) => constraint.matches(comparable))
  if (barring !== undefined) return { rule: "excluded", constraint: barring.base }
  const [nearest] = permitted
  if (nearest === undefined || permitted.some((constraint) => constraint.matches(comparable))) {
    return undefined
  }
  return { rule: "not permitted", constraint: nearest.base }
}

function unclear(name: GeneralName): NameRule {
  return name._tag === "Other" ? "unsupported" : "malformed"
}
