import { expect, it } from "vitest"
import { createTrust } from "../../src/index.ts"

it("a trust holds what it was given, and no list and no option where none was", () => {
  const bare = createTrust({ anchors: [] })
  expect(bare).toMatchObject({ intermediates: [], lists: "none" })
  expect(bare).not.toHaveProperty("options")
  const options = { depth: 1 }
  expect(createTrust({ anchors: [], options }).options).toBe(options)
})

it("a certificate that cannot be read makes no trust", () => {
  const garbage = Uint8Array.of(48, 0)
  for (const input of [{ anchors: [garbage] }, { anchors: [], intermediates: [garbage] }]) {
    expect(() => createTrust(input)).toThrow(TypeError)
    expect(() => createTrust(input)).toThrow(/^a certificate cannot be read: \S.*, at byte \d+$/)
  }
})
