import fc from "fast-check"
import type { Member } from "./member.ts"
import { type ProvenPath, provenPaths } from "./proven-paths.ts"
import type { World } from "./world.ts"
import { ERAS } from "./world-plan.ts"

export type { Interval, Member } from "./member.ts"
export { type ProvenPath, provenPaths } from "./proven-paths.ts"
export { createWorld, type World } from "./world.ts"
export { ERAS } from "./world-plan.ts"

/** A chain as a client may present it, and everything that is true of it. */
export interface PresentedChain {
  /** As sent: the leaf first, then path material, strangers and duplicates in any order. */
  readonly presented: readonly Uint8Array[]
  readonly leaf: Member
  readonly extras: readonly Member[]
  readonly anchors: readonly Member[]
  /** Epoch milliseconds, often at or beside an end of a validity. */
  readonly now: number
  /** What the leaf proves, at any time. */
  readonly paths: readonly ProvenPath[]
}

/** Chains out of one world: shape, order, duplicates, strangers, anchors and time are chosen. */
export function presentedChain(world: World): fc.Arbitrary<PresentedChain> {
  return fc.constantFrom(...world.leaves).chain((leaf) => chainOf(world, leaf))
}

function chainOf(world: World, leaf: Member): fc.Arbitrary<PresentedChain> {
  const own = world.authorities.filter(({ id }) => leaf.above.includes(id))
  return fc
    .record({
      extras: extrasAround(world, own),
      anchors: anchorsAround(world, own),
      now: fc.oneof({ weight: 3, arbitrary: fc.constant(PRESENT) }, fc.constantFrom(...EDGES)),
    })
    .map(({ extras, anchors, now }) => ({
      presented: [leaf, ...extras].map((member) => member.der),
      leaf,
      extras,
      anchors,
      now,
      paths: provenPaths(leaf, extras, anchors),
    }))
}

const PRESENT = Date.UTC(2025)

const EDGES: readonly number[] = Object.values(ERAS).flatMap(({ notBefore, notAfter }) => [
  notBefore,
  notBefore - 1000,
  notAfter,
  notAfter + 1000,
])

/** Mostly with the certificates that belong to the leaf: otherwise nearly nothing would be valid. */
function extrasAround(world: World, own: readonly Member[]): fc.Arbitrary<readonly Member[]> {
  const strangers = fc.array(fc.constantFrom(...world.authorities, ...world.leaves.slice(0, 9)), {
    maxLength: 5,
  })
  const belonging = fc.oneof(
    { weight: 4, arbitrary: fc.constant(own) },
    { weight: 1, arbitrary: fc.subarray([...own]) },
  )
  return fc
    .tuple(belonging, strangers)
    .chain(([mine, others]) =>
      fc.shuffledSubarray([...mine, ...others], { minLength: mine.length + others.length }),
    )
}

function anchorsAround(world: World, own: readonly Member[]): fc.Arbitrary<readonly Member[]> {
  const top = own.filter(({ above }) => above.length === 0)
  const some = fc.uniqueArray(fc.constantFrom(...world.authorities), { maxLength: 4 })
  return fc.oneof(
    { weight: 3, arbitrary: some.map((others) => [...new Set([...top, ...others])]) },
    { weight: 1, arbitrary: some },
  )
}
