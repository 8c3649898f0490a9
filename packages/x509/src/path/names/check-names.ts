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
 * and its e-mail addresses as mailboxes. `spend` refuses when the budget is out; the caller then fails anyway.
 */
export function checkNames(
  issuer: Certificate,
  below: readonly Certificate[],
  spend: Spend,
): CertificateFailure | undefined {
  const constraints = issuer.extensions.nameConstraints
  if (constraints === undefined) return undefined
  const read = readConstraints(constraints)
  if (read === undefined || !spend(read.permitted.length + read.excluded.length)) {
    const extension = extensionIds.nameConstraints
    const reason = "a constraint is empty or malformed"
    return { _tag: "ExtensionRefused", certificate: issuer, extension, reason }
  }
  for (const certificate of below) {
    for (const name of namesOf(certificate)) {
      const broken = firstBroken(name, read, spend)
      if (broken !== undefined) {
        return { _tag: "NameConstraintViolated", certificate, issuer, name, ...broken }
      }
    }
  }
  return undefined
}

interface Constraints {
  readonly permitted: readonly Constraint[]
  readonly excluded: readonly Constraint[]
}

function readConstraints({ permitted, excluded }: NameConstraints): Constraints | undefined {
  if (permitted === undefined && excluded === undefined) return undefined
  const read = {
    permitted: readSubtrees(permitted, "permitted"),
    excluded: readSubtrees(excluded, "excluded"),
  }
  if (read.permitted === undefined || read.excluded === undefined) return undefined
  return { permitted: read.permitted, excluded: read.excluded }
}

function readSubtrees(
  subtrees: readonly Subtree[] | undefined,
  side: Side,
): Constraint[] | undefined {
  if (subtrees === undefined) return []
  const read = subtrees
    .map((subtree) => readConstraint(subtree, side))
    .filter((one) => one !== undefined)
  return read.length > 0 && read.length === subtrees.length ? read : undefined
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

interface Broken {
  readonly rule: NameRule
  readonly constraint: GeneralName
}

function firstBroken(
  name: GeneralName,
  { permitted, excluded }: Constraints,
  spend: Spend,
): Broken | undefined {
  const kind = kindOf(name)
  const comparable = comparableName(name)
  const isOut = !spend(permitted.length + excluded.length)
  const unreadable = isOut || comparable._tag === "Unclear"
  const barring = excluded.find(
    (one) => one.kind === kind && (unreadable || one.matches(comparable)),
  )
  if (barring !== undefined) {
    return { rule: unreadable ? unclear(name) : "excluded", constraint: barring.base }
  }
  const required = permitted.filter((one) => one.kind === kind)
  const nearest = required[0]
  if (nearest === undefined || (!unreadable && required.some((one) => one.matches(comparable)))) {
    return undefined
  }
  return { rule: unreadable ? unclear(name) : "not permitted", constraint: nearest.base }
}

function unclear(name: GeneralName): NameRule {
  return name._tag === "Other" ? "unsupported" : "malformed"
}
