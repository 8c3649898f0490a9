import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { stripBearer } from "../src/bearer.ts"
import { extractToken } from "../src/extract-token.ts"
import { type TokenSourceInput, tokenSource } from "../src/token-source.ts"
import { hostileText } from "./arbitrary.ts"
import { head } from "./head.ts"
import { work } from "./work.ts"

function extract(
  input: TokenSourceInput,
  target: string,
  headers: Readonly<Record<string, string>> = {},
): string {
  return extractToken(tokenSource(input), head(target, headers))
}

const everywhere: TokenSourceInput = {
  authHeaderName: "token",
  useParam: true,
  paramName: "token",
  useCookie: true,
  cookieName: "oreo",
}

describe("names", () => {
  it.each<[TokenSourceInput, ReturnType<typeof tokenSource>]>([
    [{}, { header: "authorization", query: undefined, cookie: undefined }],
    [{ authHeaderName: "" }, { header: "authorization", query: undefined, cookie: undefined }],
    [
      { authHeaderName: "X-Key", useParam: true, useCookie: true },
      { header: "x-key", query: "X-Key", cookie: "X-Key" },
    ],
    [
      { authHeaderName: "X-Key", disableHeader: true, useParam: true, useCookie: true },
      { header: undefined, query: "Authorization", cookie: "Authorization" },
    ],
    [everywhere, { header: "token", query: "token", cookie: "oreo" }],
    [
      { paramName: "p", cookieName: "c" },
      { header: "authorization", query: undefined, cookie: undefined },
    ],
  ])("of %j", (input, names) => {
    expect(tokenSource(input)).toEqual(names)
  })
})

describe("the Bearer prefix", () => {
  it.each([
    ["Bearer abc", "abc"],
    ["bearer abc", "abc"],
    ["bEaReR abc", "abc"],
    ["Bearer: abc", "Bearer: abc"],
    ["Basic abc", "Basic abc"],
    ["abc", "abc"],
    ["Bearer  x", " x"],
    ["Bearer ", ""],
    ["Bearer", "Bearer"],
    [" Bearer x", " Bearer x"],
    ["Bearer Bearer x", "Bearer x"],
  ])("of %j leaves %j", (value, token) => {
    expect(stripBearer(value)).toBe(token)
  })
})

describe("a token", () => {
  it.each<[string, TokenSourceInput, string, Record<string, string>, string]>([
    ["G13 in the default header", {}, "/", { authorization: "Bearer 54321111" }, "54321111"],
    ["G14 in the query", { authHeaderName: "token", useParam: true }, "/?token=K", {}, "K"],
    ["G15 in the named query parameter", everywhere, "/?token=K", {}, "K"],
    ["G16 in the header next to an empty parameter", everywhere, "/?token=", { token: "K" }, "K"],
    [
      "G17 in the cookie next to an empty parameter",
      everywhere,
      "/?token=",
      { cookie: "oreo=K" },
      "K",
    ],
    ["G18 nowhere", everywhere, "/", {}, ""],
    ["G25 in a cookie", { useCookie: true, cookieName: "c1" }, "/", { cookie: "c1=t1" }, "t1"],
    ["G26 in a cookie that is not read", { cookieName: "c1" }, "/", { cookie: "c1=t1" }, ""],
    ["G27 in a named header", { authHeaderName: "h1" }, "/", { h1: "t1" }, "t1"],
    ["G28 in a parameter", { useParam: true, paramName: "q1" }, "/?q1=t1", {}, "t1"],
    ["G29 in a parameter that is not read", { paramName: "q1" }, "/?q1=t1", {}, ""],
    ["M25 that is nothing but Bearer", everywhere, "/?token=Bearer+", {}, ""],
    ["in a disabled header", { disableHeader: true }, "/", { authorization: "K" }, ""],
  ])("%s", (_name, input, target, headers, token) => {
    expect(extract(input, target, headers)).toBe(token)
  })

  it("is the cookie's before the parameter's before the header's", () => {
    const headers = { token: "header", cookie: "oreo=cookie" }
    expect(extract(everywhere, "/?token=query", headers)).toBe("cookie")
    expect(extract(everywhere, "/?token=query", { token: "header" })).toBe("query")
    expect(extract(everywhere, "/?token=query", { ...headers, cookie: "oreo=" })).toBe("query")
  })

  it("with a control character is none, and no other takes its place", () => {
    for (const bad of ["\0", "\t", "\n", "\x1b", "\x7f"]) {
      expect(extract({}, "/", { authorization: `Bearer k${bad}` })).toBe("")
    }
    expect(extract(everywhere, "/?token=k%00", { token: "K" })).toBe("")
  })

  it("may hold characters beyond ASCII", () => {
    expect(extract({}, "/", { authorization: "Bearer clé\u0080" })).toBe("clé\u0080")
    expect(extract(everywhere, "/?token=cl%C3%A9")).toBe("clé")
  })

  it("is found in a header of a megabyte and among ten thousand cookies", () => {
    const megabyte = "k".repeat(1_000_000)
    expect(extract({}, "/", { authorization: `Bearer ${megabyte}` })).toBe(megabyte)
    expect(extract(everywhere, "/", { cookie: `${"a=b; ".repeat(10_000)}oreo=K` })).toBe("K")
  })
})

it("any request head has a token, which holds no control character", () => {
  fc.assert(
    fc.property(hostileText, hostileText, hostileText, (query, cookie, header) => {
      const token = extract(everywhere, `/?token=${query}`, {
        cookie: `oreo=${cookie}`,
        token: header,
      })
      for (const unit of token.split("")) {
        const code = unit.charCodeAt(0)
        expect(code >= 0x20 && code !== 0x7f).toBe(true)
      }
    }),
    { numRuns: 1000 },
  )
})

it.each([
  ["cookies", (n: number) => ["/", { cookie: "x=y; ".repeat(n) }] as const],
  [
    "blanks in cookies",
    (n: number) => ["/", { cookie: ` ;${" ".repeat(n)};oreo ${"\t".repeat(n)}` }] as const,
  ],
  [
    "cookies of the name without a usable value",
    (n: number) => ["/", { cookie: 'oreo="\\";'.repeat(n) }] as const,
  ],
  ["semicolons", (n: number) => ["/", { cookie: ";".repeat(n) }] as const],
  ["parameters", (n: number) => [`/?${"a=b&".repeat(n)}`, {}] as const],
  [
    "parameters of the name with a bad escape",
    (n: number) => [`/?${"token=%&".repeat(n)}`, {}] as const,
  ],
  ["escapes", (n: number) => [`/?token=${"%41".repeat(n)}`, {}] as const],
  ["question marks", (n: number) => [`/${"?".repeat(n)}`, {}] as const],
  ["header characters", (n: number) => ["/", { token: "B".repeat(n) }] as const],
])("the work for %s grows in proportion", (_name, make) => {
  const cost = (n: number): number => {
    const [target, headers] = make(n)
    return work(() => extract(everywhere, target, headers))
  }
  const small = cost(1000)
  expect(small).toBeGreaterThan(500)
  expect(cost(4000)).toBeLessThan(small * 4.5)
})
