import { describe, expect, it } from "vitest"
import { parseYaml } from "../../src/document/parse-yaml.ts"

const read = (text: string): unknown => parseYaml(text, "f.yaml")
const values = (text: string): unknown => {
  const parsed = parseYaml(text, "f.yaml")
  return "code" in parsed ? parsed.code : parsed.map(({ value }) => value)
}

describe("YAML", () => {
  it("is read document by document, empty ones left out", () => {
    expect(read("a: 1\n---\n---\nb: [x, 'y']\n")).toEqual([
      { value: { a: 1 }, place: { file: "f.yaml", place: "$" } },
      { value: { b: ["x", "y"] }, place: { file: "f.yaml", place: "document 3: $" } },
    ])
    expect(values("")).toEqual([])
  })

  it("takes only true and false for flags, as YAML 1.2 does", () => {
    expect(values("a: yes\nb: true\nc: on\n")).toEqual([{ a: "yes", b: true, c: "on" }])
    expect(values("%YAML 1.1\n---\na: yes\n")).toBe("document.syntax")
  })

  it("may not name a member twice, nor __proto__", () => {
    expect(read("a: 1\nb:\n  c: 1\n  c: 2\n")).toMatchObject({
      code: "document.duplicate_key",
      place: expect.stringMatching(/^line 4, column \d+$/),
    })
    expect(values("1: a\n'1': b\n")).toBe("document.duplicate_key")
    expect(values("a:\n  __proto__: {use_keyless: true}\n")).toBe("document.reserved_key")
  })

  it("may not have a merge key, however it is written", () => {
    for (const key of ["<<", "'<<'", '"\\x3c<"', "!!str <<"]) {
      expect(read(`a: &a {use_mutual_tls_auth: true}\n${key}: *a\n`)).toMatchObject({
        code: "document.reserved_key",
        place: expect.stringMatching(/^line 2, column \d+$/),
      })
    }
    expect(values("- &a {b: 1}\n- c: {<<: *a}\n")).toBe("document.reserved_key")
    expect(values("a: &a '<<'\n*a : {b: 1}\n")).toBe("document.syntax")
  })

  it("says in which line it breaks, without quoting the line", () => {
    expect(read("a: 1\nb: ]secret\n")).toMatchObject({
      code: "document.syntax",
      place: expect.stringMatching(/^line 2, column \d+$/),
    })
    expect(JSON.stringify(read("a: 1\nb: [secret\n"))).not.toContain("secret")
    expect(values("a: !unknown x\n")).toBe("document.syntax")
    expect(values("? [a, b]\n: c\n")).toBe("document.syntax")
  })

  it("is refused where aliases stand for more than was written", () => {
    let bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for (let i = 1; i < 9; i++) {
      bomb += `a${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join(", ")}]\n`
    }
    expect(values(bomb)).toBe("document.syntax")
    expect(values("a: &a [*a]\n")).toBe("document.syntax")
    const many = Array.from({ length: 101 }, (_, i) => `k${i}: *z`).join("\n")
    expect(values(`z: &z v\n${many}\n`)).toBe("document.syntax")
    expect(values("a: &a {b: 1}\nc: *a\n")).toEqual([{ a: { b: 1 }, c: { b: 1 } }])
  })

  it("is refused beyond a depth, in every style, before anything recurses", () => {
    const steps = Array.from({ length: 1_500 }, (_, i) => " ".repeat(i))
    for (const text of [
      "[".repeat(2_000_000),
      "{a: ".repeat(100_000),
      "- ".repeat(1_000_000),
      "? ".repeat(100_000),
      steps.map((space) => `${space}a:`).join("\n"),
      steps.map((space) => `${space}a:\n${space}-`).join("\n"),
    ]) {
      expect(values(text)).toBe("document.too_deep")
    }
    expect(values("[".repeat(100) + "]".repeat(100))).toBeInstanceOf(Array)
    expect(
      values(
        steps
          .slice(0, 90)
          .map((space) => `${space}a:`)
          .join("\n"),
      ),
    ).toBeInstanceOf(Array)
  })

  it("is refused with too many parts, whatever they are", () => {
    for (const part of ["{},", "[],", "a,", "a: b,"]) {
      expect(values(`x: [${part.repeat(150_000)}]\n`)).toBe("document.too_large")
    }
    for (const part of ["- a\n", "- \n", "#\n", "- - a\n"]) {
      expect(values(part.repeat(160_000))).toBe("document.too_large")
    }
    expect(values("{}")).toEqual([{}])
  })

  it("does not count what stands in a text", () => {
    const json = `${"[".repeat(5_000)}\n`
    expect(values(`a: |\n  ${json}b: "{{{"\n`)).toMatchObject([{ b: "{{{" }])
  })
})
