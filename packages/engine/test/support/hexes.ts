import fc from "fast-check"

const word = fc.constantFrom("00000000", "00000001", "80000000", "ffffffff", "deadbeef")

/** Fingerprints that often share words, the first most of all; sometimes any. */
export const hexes: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(word, { minLength: 8, maxLength: 8 }).map((all) => all.join("")),
  },
  {
    weight: 1,
    arbitrary: fc
      .uint8Array({ minLength: 32, maxLength: 32 })
      .map((bytes) => Buffer.from(bytes).toString("hex")),
  },
)
