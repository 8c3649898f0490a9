import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { readPath } from "../src/path.ts"
import { requestHost } from "../src/request-host.ts"
import { readTarget } from "../src/target.ts"
import { hostileText, trickyText } from "./arbitrary.ts"
import { head } from "./head.ts"
import { work } from "./work.ts"

describe("a target", () => {
  it.each([
    ["/", "/", "", undefined],
    ["/a/b?x=/../%2f", "/a/b", "x=/../%2f", undefined],
    ["/a?", "/a", "", undefined],
    ["/?a?b", "/", "a?b", undefined],
    ["/?q=é", "/", "q=é", undefined],
    ["/caf%C3%A9/~a/$&'()*+,:=@!/a.b/...", "/caf%C3%A9/~a/$&'()*+,:=@!/a.b/...", "", undefined],
    ["/100%25", "/100%25", "", undefined],
    ["http://a.example/b?c", "/b", "c", "a.example"],
    ["https://A.example:8443/", "/", "", "A.example:8443"],
    ["http:///b", "/b", "", ""],
  ])("%j has the path %j, the query %j and the authority %j", (target, path, query, authority) => {
    expect(readTarget(target, "GET")).toEqual({ _tag: "path", path, query, authority })
  })

  it("may be an asterisk for OPTIONS and an authority for CONNECT, and a path for either", () => {
    expect(readTarget("*", "OPTIONS")).toEqual({ _tag: "asterisk" })
    expect(readTarget("a:443", "CONNECT")).toEqual({ _tag: "authority", authority: "a:443" })
    expect(readTarget("/chat", "CONNECT")._tag).toBe("path")
    for (const [target, method] of [
      ["*", "GET"],
      ["a:443", "GET"],
      ["a", "CONNECT"],
      ["u@a:443", "CONNECT"],
      ["**", "OPTIONS"],
    ] as const) {
      expect(readTarget(target, method)._tag).toBe("problem")
    }
  })

  it.each([
    "",
    "a",
    "?a",
    "ftp://a/",
    "file:///etc",
    "http:/a",
    "http:a",
    "javascript:a",
    "/a#b",
    "/a?b#c",
    "http://a#b",
    "HTTPS://a.example/",
    "ws://a/b",
    "wss://a/b",
    "http://a",
    "http://a?/b",
    "http://a\\b/",
    "/a?b\0",
    "/a?b c",
    "/a?b\n",
  ])("%j is a problem", (target) => {
    expect(readTarget(target, "GET")._tag).toBe("problem")
  })
})

describe("a path that could be read two ways is a problem", () => {
  it.each([
    ["escaped slash", ["/a%2fb", "/a%2Fb", "/%2f"]],
    ["backslash", ["/a\\b", "/a%5cb", "/a%5C", "/\\"]],
    ["dot segment", ["/.", "/..", "/a/../b", "/a/./b", "/a/..", "/%2e%2e/a", "/.%2E/a", "/a/%2e"]],
    ["doubled slash", ["//", "//a/b", "/a//b", "/a//"]],
    ["control character", ["/a\0", "/a%00", "/a%0a", "/a%1F", "/a%7f", "/a\x7f", "/a\t", "/a b"]],
    ["invalid escape", ["/%", "/a%4", "/%zz", "/%u002e", "/%-1"]],
    ["semicolon", ["/a;b", "/..;/a", "/a;/b", "/a%3bb"]],
    ["character beyond ASCII", ["/é", "/\uff0f", "/\ud800"]],
    ["escapes that are not UTF-8", ["/%ff", "/%c0%af", "/%e0%80%af", "/%ed%a0%80"]],
    ["double escape", ["/%252f", "/%252e%252e/", "/%2541"]],
    ["fragment", ["/a#", "/#a"]],
    ["escaped delimiter", ["/a%3fb", "/a%3F", "/a%23b"]],
    ["no slash at the start", ["", "a", "*", "?"]],
  ])("%s", (_name, paths) => {
    for (const path of paths) expect(readPath(path)._tag).toBe("problem")
  })

  it("and one that passes has the segments that every URL reader finds", () => {
    fc.assert(
      fc.property(fc.oneof(fc.webPath(), trickyText), (text) => {
        const path = readPath(`/${text}`)
        if (path._tag === "problem") return
        expect(path.path).toBe(`/${text}`)
        const segments = (value: string): string[] => value.split("/").map(decodeURIComponent)
        const seen = new URL(`http://a${path.path.split("?")[0]}`).pathname
        if (!text.includes("?")) {
          expect(segments(seen)).toEqual(segments(path.path))
          expect(decodeURIComponent(path.path).split(/[/\\]/)).toEqual(segments(path.path))
        }
      }),
      { numRuns: 2000 },
    )
  })
})

it("any target has a reading", () => {
  fc.assert(
    fc.property(hostileText, fc.constantFrom("GET", "OPTIONS", "CONNECT", ""), (target, method) => {
      const reading = readTarget(target, method)
      if (reading._tag === "path") expect(reading.path.startsWith("/")).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

it.each(["/a", "/.", "%2e", "%", "/", "http://", "a:", "0", "?", "%25"])(
  "the work for a target of many %j grows in proportion",
  (unit) => {
    for (const start of ["/", "http://a/", ""]) {
      const cost = (n: number): number => work(() => readTarget(start + unit.repeat(n), "CONNECT"))
      expect(cost(8000)).toBeLessThan(cost(2000) * 4.5 + 100)
    }
  },
)

describe("the host of a request", () => {
  const host = (target: string, headers: Record<string, string>, authority = headers["host"]) => {
    const reading = readTarget(target, "GET")
    if (reading._tag === "problem") throw new Error(reading.problem)
    const found = requestHost(reading, { ...head(target, headers), authority })
    return found?._tag === "host" ? found.name : found?._tag
  }

  it("is the header's, the pseudo-header's or the target's", () => {
    expect(host("/", { host: "A:1" })).toBe("a")
    expect(host("/", {}, "A:1")).toBe("a")
    expect(host("/", {})).toBeUndefined()
  })

  it("is a problem where only the target names it: applications read the header", () => {
    expect(host("http://A/", {})).toBe("problem")
    expect(host("http://A/", { host: "a" })).toBe("a")
  })

  it("may be named in several places and spellings", () => {
    expect(host("http://A.:80/", { host: "a:443" })).toBe("a")
    expect(host("/", { host: "A" }, "a.")).toBe("a")
  })

  it("is a problem if two of them differ or one cannot be read", () => {
    expect(host("http://a/", { host: "b" })).toBe("problem")
    expect(host("/", { host: "b" }, "a")).toBe("problem")
    expect(host("/", { host: "" })).toBe("problem")
    expect(host("/", { host: "a, b" })).toBe("problem")
    expect(host("http://u@a/", { host: "a" })).toBe("problem")
    expect(host("http:///a", { host: "a" })).toBe("problem")
  })

  it("is none for an asterisk without a header", () => {
    expect(requestHost({ _tag: "asterisk" }, head("*"))).toBeUndefined()
  })

  it("of a CONNECT is the target's", () => {
    const target = readTarget("a:443", "CONNECT")
    if (target._tag === "problem") throw new Error(target.problem)
    expect(requestHost(target, head("a:443", { host: "b:443" }))?._tag).toBe("problem")
    expect(requestHost(target, head("a:443", { host: "a:443" }))).toMatchObject({ name: "a" })
  })
})
