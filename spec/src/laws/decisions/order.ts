import fc from "fast-check"
import type { CaseSession, DecisionCase } from "../../vectors/decision-case.ts"
import { decisions } from "../arbitrary/cases.ts"
import { withPeer, withPolicy, withRecords } from "../change.ts"
import type { Law } from "../law.ts"
import { sameAnswer } from "../make-law.ts"

/** A list with its first items at the end, the other way round, and one of them twice. */
function disordered<T>(items: readonly T[], seed: number): readonly T[] {
  const at = seed % Math.max(items.length, 1)
  const turned = [...items.slice(at), ...items.slice(0, at)]
  if (seed % 2 === 0) turned.reverse()
  return [...turned, ...turned.slice(0, seed % 3)]
}

function disorder(one: DecisionCase, seed: number): DecisionCase {
  const { staticMtls } = one.policy
  const listed =
    staticMtls === "off"
      ? one
      : withPolicy(one, {
          staticMtls: {
            leaves: disordered(staticMtls.leaves, seed),
            anchors: disordered(staticMtls.anchors, seed),
          },
        })
  const pathed = withPeer(listed, (peer) => ({ ...peer, paths: disordered(peer.paths, seed) }))
  return withRecords(pathed, (record) => disorderedRecord(record, seed))
}

function disorderedRecord(record: CaseSession, seed: number): CaseSession {
  const { apis, bindings } = record
  return {
    ...record,
    apis: apis === "all" ? apis : disordered(apis, seed),
    bindings: bindings === "none" ? bindings : disordered(bindings, seed),
  }
}

export const order: readonly Law[] = [
  sameAnswer(
    {
      id: "order-and-duplicates-never-matter",
      sentence:
        "the order of allow list, paths, rights and bindings, and how often an entry stands there, changes no verdict",
      sources: ["design:data"],
      onlyCatches: "listed-twice-is-not-listed",
    },
    {
      pairs: fc
        .tuple(decisions(), fc.nat(30))
        .map(([one, seed]) => [one, disorder(one, seed)] as const),
    },
  ),
]
