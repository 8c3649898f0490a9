import { join } from "node:path"
import { expect, it } from "vitest"
import { readText } from "../../src/document/read-text.ts"
import { folder } from "../folder.ts"

it("reads a file up to the limit and refuses a larger one before parsing", () => {
  const path = join(folder({ a: "12345" }), "a")
  expect(readText(path, "a", 5)).toBe("12345")
  expect(readText(path, "a", 4)).toMatchObject({ code: "file.too_large", file: "a" })
})

it("refuses what is not UTF-8 and drops a byte order mark", () => {
  const root = folder({ bad: Uint8Array.of(0x22, 0xc3, 0x28, 0x22), mark: "\u{feff}{}" })
  expect(readText(join(root, "bad"), "bad", 100)).toMatchObject({ code: "file.not_utf8" })
  expect(readText(join(root, "mark"), "mark", 100)).toBe("{}")
})

it("says that a file is missing, or is none", () => {
  const root = folder({ a: "" })
  expect(readText(join(root, "b"), "b", 100)).toMatchObject({ code: "file.missing" })
  expect(readText(join(root, "a", "b"), "b", 100)).toMatchObject({ code: "file.missing" })
  expect(readText(root, "r", 100)).toMatchObject({ code: "file.unreadable" })
})

it("refuses a file that says it is empty and never ends", () => {
  expect(readText("/dev/zero", "zero", 100)).toMatchObject({ code: "file.unreadable" })
})
