import { createWorld, type Member, presentedChain, type World } from "@countersign/pki/arbitrary"
import fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import { toHex } from "../../src/hex.ts"
import { verifyPaths } from "../../src/node/verify-paths.ts"
import { prepareAnchors } from "../../src/path/anchors.ts"
import { verifyPaths as verifyOnWebCrypto } from "../../src/webcrypto/verify-paths.ts"
import { certificateOf } from "../fixtures/read.ts"

let world: World

beforeAll(async () => {
  world = await createWorld()
})

describe("on chains out of a world with every kind of authority", () => {
  it("examine finds exactly the paths that the facts prove", () => {
    fc.assert(
      fc.property(presentedChain(world), ({ presented, anchors, now, paths }) => {
        const [leaf = new Uint8Array(), ...extras] = presented
        const configured = anchors.filter(({ malformed }) => !malformed)
        const prepared = prepareAnchors(
          configured.map(({ id, der }) => ({ id, certificate: certificateOf(der) })),
        )
        const result = verifyPaths(leaf, extras, prepared, { now, budget: { paths: 1000 } })
        const found = result.paths
          .filter(({ notBefore, notAfter }) => notBefore <= notAfter)
          .map(({ certificates, notBefore, notAfter }) =>
            [notBefore, notAfter, ...certificates.map(({ der }) => toHex(der))].join(" "),
          )
        // The facts know keys and not their identifiers, by which examine passes over an issuer.
        const proven = paths
          .filter(({ members }) => members.every(isIdentified))
          .map(({ members, notBefore, notAfter }) =>
            [notBefore, notAfter, ...members.map(({ der }) => toHex(der))].join(" "),
          )
        expect([...new Set(found)].sort()).toEqual([...new Set(proven)].sort())
        const isValidNow = result.paths.some(
          (path) => path.notBefore <= now && now <= path.notAfter,
        )
        expect(result.failure === undefined).toBe(isValidNow)
      }),
      { numRuns: 300 },
    )
  })

  it("the answer depends neither on order nor on duplicates, and both signature layers agree", async () => {
    await fc.assert(
      fc.asyncProperty(presentedChain(world), fc.infiniteStream(fc.nat()), async (chain, picks) => {
        const [leaf = new Uint8Array(), ...extras] = chain.presented
        const anchors = prepareAnchors(
          chain.anchors
            .filter(({ malformed }) => !malformed)
            .map(({ id, der }) => ({ id, certificate: certificateOf(der) })),
        )
        const shuffled = [...extras, ...extras]
          .map((der) => [picks.next().value ?? 0, der] as const)
          .sort(([a], [b]) => a - b)
          .map(([, der]) => der)
        const options = { now: chain.now, budget: { paths: 1000 } }
        const first = verifyPaths(leaf, extras, anchors, options)
        const second = await verifyOnWebCrypto(leaf, shuffled, anchors, options)
        expect(summary(second.paths)).toEqual(summary(first.paths))
      }),
      { numRuns: 50 },
    )
  })
})

function isIdentified({ der }: Member, index: number, members: readonly Member[]): boolean {
  const above = members[index + 1]
  if (above === undefined) return true
  const wanted = certificateOf(der).extensions.authorityKeyIdentifier?.keyIdentifier
  return wanted === undefined || wanted === certificateOf(above.der).extensions.subjectKeyIdentifier
}

function summary(paths: ReturnType<typeof verifyPaths>["paths"]): string[] {
  return paths
    .map(({ anchor, certificates }) =>
      [anchor, ...certificates.map(({ der }) => toHex(der))].join(" "),
    )
    .sort()
}
