import { expect, it } from "vitest"
import { sha256 } from "../../src/node/sha256.ts"

it("gives SHA-256 in lower-case hexadecimal", () => {
  expect(sha256(Uint8Array.of(0x61, 0x62, 0x63))).toBe(
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  )
})
