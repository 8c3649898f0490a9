import { isDeepStrictEqual } from "node:util"
import type { LeafRule, Verdict } from "@countersign/engine"
import fc from "fast-check"
import { hexOf } from "../../vectors/concretise-case.ts"
import type { CertificateName, DecisionCase } from "../../vectors/decision-case.ts"
import { told } from "../answer.ts"
import { decisions } from "../arbitrary/cases.ts"
import {
  enrolledLeaf,
  groupsOf,
  isBound,
  isListed,
  isSame,
  names,
  pathsToList,
  peerOf,
  recordsOf,
  tokenFor,
  validLeaf,
} from "../facts.ts"
import type { Law } from "../law.ts"
import { lawOfPairs, whereAllowed } from "../make-law.ts"

/** What each rule that accepts a leaf says of it. */
const grounds: Readonly<Record<LeafRule, (one: DecisionCase, leaf: CertificateName) => boolean>> = {
  allow_list: isListed,
  trust_path: (one) => pathsToList(one).length > 0,
  certificate: (one, leaf) =>
    enrolledLeaf(one) !== undefined && recordsOf(one).some((record) => names(record, leaf)),
  binding: (one, leaf) =>
    enrolledLeaf(one) !== undefined && recordsOf(one).some((record) => isBound(record, leaf)),
  confirmation: (one, leaf) =>
    groupsOf(one.policy)
      .flat()
      .some((mechanism) => isSame(tokenFor(one, mechanism)?.confirmation ?? "none", leaf)),
}

const accepted = whereAllowed(
  {
    id: "a-verdict-names-only-what-a-rule-accepted",
    sentence:
      "an Allow names the presented leaf and the rule that accepted it, or neither; the rule says true",
    sources: ["design:verdict", "advisory:identity-from-unproven-name"],
    onlyCatches: "none",
  },
  {
    cases: decisions(),
    broken: ({ identity: { leaf, leafBy } }, one) => {
      if (leafBy === undefined) return leaf === undefined ? undefined : "no rule accepted the leaf"
      const shown = validLeaf(one)
      if (shown === undefined || hexOf(shown) !== leaf) return "the leaf was not presented here"
      return grounds[leafBy](one, shown) ? undefined : `it was not accepted by ${leafBy}`
    },
  },
)

/** Two fingerprints that differ in one of their 256 bits. */
function flipped(hex: string, bit: number): string {
  const at = bit >> 2
  const digit = Number.parseInt(hex.charAt(at), 16) ^ (1 << (bit & 3))
  return hex.slice(0, at) + digit.toString(16) + hex.slice(at + 1)
}

/** Names of certificates are arbitrary, as long as two stay two. */
function renamed(one: DecisionCase, renaming: Readonly<Record<string, string>>): DecisionCase {
  const text = JSON.stringify(one, (key, value: unknown) =>
    typeof value === "string" && !reserved.has(key) ? (renaming[value] ?? value) : value,
  )
  return JSON.parse(text)
}

/** Where a text that looks like a name is none. */
const reserved: ReadonlySet<string> = new Set(["_tag", "id", "apiId", "orgId"])

/** A verdict as text, with the presented leaf, all that it can name, under one name. */
function read(verdict: Verdict, one: DecisionCase): string {
  const leaf = peerOf(one)?.leaf
  const text = JSON.stringify(verdict)
  return leaf === undefined ? text : text.replaceAll(hexOf(leaf), "<leaf>")
}

const certificates = ["alice", "bob", "carol", "root", "second root", "foreign root"]

/** Each certificate differs from the first in one bit, all of them in the same word. */
function nearMisses(bit: number): Readonly<Record<string, string>> {
  const first = hexOf("alice")
  return Object.fromEntries(
    certificates.map((name, i) => [
      name,
      i === 0 ? first : flipped(first, (bit & ~31) + ((bit + i) % 32)),
    ]),
  )
}

/** Often of the last word, before which a comparison that ends early has ended. */
const bits = fc.oneof(fc.nat(255), fc.integer({ min: 224, max: 255 }))

const oneBit = lawOfPairs(
  {
    id: "fingerprints-that-differ-in-one-bit-are-two",
    sentence:
      "the names of certificates are arbitrary: where every two of them differ in a bit, the verdict is that for any others",
    sources: ["design:constant-time", "advisory:comparison-by-text"],
    onlyCatches: "seven-words-of-eight",
  },
  {
    pairs: fc
      .tuple(decisions(), bits)
      .map(([one, bit]) => [one, renamed(one, nearMisses(bit))] as const),
    concerns: () => true,
    broken: ([first, second], [one, near]) =>
      read(first, one) === read(second, near)
        ? undefined
        : `${told(first)}, and with certificates that are almost one: ${told(second)}`,
  },
)

/** Organisations and APIs that loose comparison takes for one. */
const looks: readonly ((text: string) => string)[] = [
  (text) => text.toUpperCase(),
  (text) => `${text} `,
  (text) => `${text}${text}`,
  (text) => text.slice(0, -1),
]

const otherText = lawOfPairs(
  {
    id: "names-that-look-alike-are-two",
    sentence:
      "an organisation or API whose name differs in case, in a blank or in a part is another one",
    sources: ["design:stricter/organisations-compared", "advisory:comparison-by-text"],
    onlyCatches: "organisations-by-letters",
  },
  {
    pairs: fc
      .tuple(decisions(), fc.constantFrom(...looks), fc.boolean())
      .map(([one, look, isOrganisation]) => {
        const { orgId, apiId } = one.policy
        const policy = isOrganisation
          ? { ...one.policy, orgId: look(orgId) }
          : { ...one.policy, apiId: look(apiId) }
        const other = isOrganisation
          ? { ...one.policy, orgId: "initech" }
          : { ...one.policy, apiId: "parcels" }
        return [
          { ...one, policy },
          { ...one, policy: other },
        ] as const
      }),
    concerns: () => true,
    broken: ([first, second]) =>
      isDeepStrictEqual(first, second)
        ? undefined
        : `${told(first)}, but for any other name ${told(second)}`,
  },
)

export const naming: readonly Law[] = [accepted, oneBit, otherText]
