import { createWorld, presentedChain, type World } from "@countersign/pki/arbitrary"
import fc from "fast-check"
import { CertificateChainValidationEngine, Certificate as Parsed } from "pkijs"
import { beforeAll, describe, expect, it } from "vitest"
import type { Certificate } from "../src/certificate/certificate.ts"
import { toHex } from "../src/hex.ts"
import { verifyPaths } from "../src/node/verify-paths.ts"
import { prepareAnchors } from "../src/path/anchors.ts"
import { certificateOf } from "./fixtures/read.ts"

/** A library that accepts much that it should not: what is proven here it must prove too. */
describe("pkijs, as a second opinion", () => {
  let world: World

  beforeAll(async () => {
    world = await createWorld()
  })

  it("reads what is read here, and sees the same", () => {
    fc.assert(
      fc.property(presentedChain(world), ({ presented }) => {
        for (const der of presented) {
          const read = tryRead(der)
          if (read === undefined) continue
          const parsed = parse(der)
          expect(toHex(new Uint8Array(parsed.serialNumber.valueBlock.valueHexView))).toBe(
            read.serial,
          )
          expect(parsed.notBefore.value.getTime()).toBe(read.validity.notBefore)
          expect(parsed.notAfter.value.getTime()).toBe(read.validity.notAfter)
        }
      }),
      { numRuns: 60 },
    )
  })

  it("proves every path that is proven here and valid now", async () => {
    let compared = 0
    await fc.assert(
      fc.asyncProperty(presentedChain(world), async ({ presented, anchors, now }) => {
        const [leaf = new Uint8Array(), ...extras] = presented
        const usable = anchors.filter(({ malformed }) => !malformed)
        const prepared = prepareAnchors(
          usable.map(({ id, der }) => ({ id, certificate: certificateOf(der) })),
        )
        const { paths } = verifyPaths(leaf, extras, prepared, { now })
        for (const path of paths) {
          if (!(path.notBefore <= now && now <= path.notAfter)) continue
          const [anchor, ...below] = path.certificates.map(({ der }) => parse(der)).reverse()
          const engine = new CertificateChainValidationEngine({
            trustedCerts: anchor === undefined ? [] : [anchor],
            certs: below,
            checkDate: new Date(now),
          })
          expect((await engine.verify()).result).toBe(true)
          compared += 1
        }
      }),
      { numRuns: 150 },
    )
    expect(compared).toBeGreaterThan(0)
  })
})

function tryRead(der: Uint8Array): Certificate | undefined {
  try {
    return certificateOf(der)
  } catch {
    return undefined
  }
}

function parse(der: Uint8Array): Parsed {
  return Parsed.fromBER(der)
}
