import { readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { describe, expect, it } from "vitest"
import { allMutants } from "../src/faults/all-mutants.ts"
import { editsOf } from "../src/faults/edits.ts"
import { equivalents } from "../src/faults/equivalents.ts"
import { firstFailure, describe as group, it as test } from "../src/faults/harness.ts"
import { mutantsOf } from "../src/faults/mutant.ts"
import { tokensOf } from "../src/faults/tokens.ts"

const engine = resolve(import.meta.dirname, "../../packages/engine/src")

describe("the tokens of a source", () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ["a <= b && !c?.d ?? e", ["a", "<=", "b", "&&", "!", "c", "?.", "d", "??", "e"]],
    ["x ??= y !== z => w", ["x", "??=", "y", "!==", "z", "=>", "w"]],
    ['f("a && b", `c ? 1`)', ["f", "(", '"a && b"', ",", "`c ? 1`", ")"]],
    ["a // b && c\n/* d || e */ f", ["a", "f"]],
    [
      "/[/]&&/.test(a) ? a / b / c : 1_000",
      ["/[/]&&/", ".", "test", "(", "a", ")", "?", "a", "/", "b", "/", "c", ":", "1_000"],
    ],
  ]
  it.each(rows)("of %j", (source, expected) => {
    expect(tokensOf(source).map(({ text }) => text)).toEqual(expected)
  })
})

describe("the mechanical faults of a source", () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ["a < b", ["a <= b"]],
    ["a >= b", ["a > b"]],
    ["a === b", ["a !== b"]],
    ["a && b || c", ["a || b || c", "a && b && c"]],
    ["a ?? b", ["a && b"]],
    ["const a: Set<string> = b", []],
    ["f(true, false)", ["f(false, false)", "f(true, true)"]],
    ["g(!a)", ["g(a)"]],
    ["a ? b : c", ["a || true ? b : c", "a && false ? b : c"]],
    ["if (a(b)) c", ["if (true) c", "if (false) c"]],
    ["while (a) b", ["while (false) b"]],
    [
      'holds(trace, "r", a(b, c), d)',
      ['holds(trace, "r", true, d)', 'holds(trace, "r", false, d)'],
    ],
    ['holds(trace, "r", false)', ['holds(trace, "r", true)']],
    ["function holds(trace, rule, held) {}", []],
    ["return revoked\n", ["return undefined\n"]],
    ["return a + b\n", []],
    ["paths.some(f)", ["paths.every(f)"]],
    ["{\n  a.b = c\n}", ["{\n  \n}"]],
    ["{\n  requireText(a)\n}", ["{\n  \n}"]],
    ["{\n  const a = b\n}", []],
    ["f(\n  g(a)\n)", []],
  ]
  it.each(rows)("of %j", (source, expected) => {
    const mutants = mutantsOf("a.ts", source, editsOf(source))
    expect(mutants.map((mutant) => mutant.source)).toEqual(expected)
  })

  it("are known by their line and what they do, and numbered where both are equal", () => {
    const source = "a\nb === c || d === e\n"
    const mutants = mutantsOf("a.ts", source, editsOf(source))
    expect(mutants.map(({ id, line }) => `${line}: ${id}`)).toEqual([
      "2: a.ts | b === c || d === e | === becomes !==",
      "2: a.ts | b === c || d === e | || becomes &&",
      "2: a.ts | b === c || d === e | === becomes !== #2",
    ])
  })
})

describe("the mutants of the engine", () => {
  const { mutants, stale } = allMutants(engine)
  const ids = mutants.map(({ id }) => id)

  it("fit its source: update `semantic.ts` where they do not", () => {
    expect(stale).toEqual([])
  })

  it("change it, each in its own way", () => {
    expect(new Set(ids).size).toBe(ids.length)
    for (const { id, file, source } of mutants) {
      expect(source === readFileSync(join(engine, file), "utf8"), id).toBe(false)
    }
  })

  it("force every rule both ways", () => {
    const rules = readFileSync(join(engine, "rules/trace.ts"), "utf8").match(/"[a-z]+\.[a-z_]+"/g)
    expect(rules).toHaveLength(32)
    for (const rule of rules ?? []) {
      const forced = ids.filter((id) => id.includes(`trace, ${rule}`) && id.includes("| the rule "))
      const wanted = rule === '"admit.refused"' ? 1 : 2
      expect(new Set(forced).size, rule).toBeGreaterThanOrEqual(wanted)
    }
  })

  it("hold every one that is listed as equivalent, once", () => {
    const listed = equivalents.map(({ id }) => id)
    expect(listed.filter((id) => !ids.includes(id))).toEqual([])
    expect(new Set(listed).size).toBe(listed.length)
  })
})

describe("the harness", () => {
  function failureOf(load: () => void): Promise<string | undefined> {
    return firstFailure(async () => load())
  }

  it("names the first test that fails, with its groups", async () => {
    const failure = await failureOf(() => {
      group("rules", () => {
        test("pass", () => undefined)
        test("fail", () => expect(1).toBe(2))
        test("fail later", () => expect(1).toBe(2))
      })
    })
    expect(failure).toBe("rules > fail")
  })

  it("names a row as its test does, and passes its values", async () => {
    const load = (rows: readonly unknown[]) => () =>
      test.each(rows)("of %s: %j", (...values) => expect(values).toEqual([[]]))
    expect(await failureOf(load([["a", 1]]))).toBe("of a: 1")
    expect(await failureOf(load(["a", []]))).toBe("of a: %j")
    expect(await failureOf(load([[[]]]))).toBeUndefined()
  })

  it("hears what fails later", async () => {
    const failure = await failureOf(() => test("late", async () => Promise.reject(new Error())))
    expect(failure).toBe("late")
  })

  it("says nothing where nothing fails, and forgets the tests of the file before", async () => {
    expect(await failureOf(() => test("fail", () => expect(1).toBe(2)))).toBe("fail")
    expect(await failureOf(() => test("pass", () => expect(1).toBe(1)))).toBeUndefined()
  })

  it("says why a file does not load", async () => {
    const failure = await failureOf(() => {
      throw new TypeError("no")
    })
    expect(failure).toBe("does not load: TypeError: no")
  })
})
