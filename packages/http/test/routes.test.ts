import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { normaliseHost } from "../src/host.ts"
import { ALTERNATIVES_LIMIT, readHostPattern } from "../src/host-pattern.ts"
import { createRoutes, type Route, type RouteProblem, type Routes } from "../src/routes.ts"
import { hostileText } from "./arbitrary.ts"
import { work } from "./work.ts"

function routesOf(...routes: readonly (readonly [string, string, string])[]): Routes {
  const built = createRoutes(toRoutes(routes))
  if (built._tag === "problems") throw new Error(built.problems[0]?.message)
  return built
}

function problemsOf(
  ...routes: readonly (readonly [string, string, string])[]
): readonly RouteProblem[] {
  const built = createRoutes(toRoutes(routes))
  return built._tag === "problems" ? built.problems : []
}

function toRoutes(routes: readonly (readonly [string, string, string])[]): readonly Route[] {
  return routes.map(([apiId, host, listenPath]) => ({ apiId, host, listenPath }))
}

function match(routes: Routes, host: string | undefined, path: string): string | undefined {
  const reading = host === undefined ? undefined : normaliseHost(host)
  if (reading?._tag === "problem") throw new Error(reading.problem)
  return routes.match(reading, path)
}

describe("a path", () => {
  const routes = routesOf(["root", "*", "/"], ["api", "*", "/api"], ["v2", "*", "/api/v2/"])

  it.each([
    ["/", "root"],
    ["/api", "api"],
    ["/api/", "api"],
    ["/api/x", "api"],
    ["/apix", "root"],
    ["/ap", "root"],
    ["/api/v2", "v2"],
    ["/api/v2/", "v2"],
    ["/api/v2/x/y", "v2"],
    ["/api/v22", "api"],
    ["/x/api", "root"],
    ["/x%20y", "root"],
    ["/api/%61", "api"],
    ["/caf%C3%A9", "root"],
  ])("%j goes to the longest listen path: %j", (path, apiId) => {
    expect(match(routes, undefined, path)).toBe(apiId)
    expect(match(routes, "any.example", path)).toBe(apiId)
  })

  it.each([
    "/%61pi",
    "/api/v%32",
    "/api/%762/x",
    "/API",
    "/Api/x",
    "/api/V2",
    "/%41PI",
    "/\u212a%",
  ])("%j, which another reader could route elsewhere, goes nowhere", (path) => {
    expect(match(routes, undefined, path)).toBeUndefined()
  })

  it.each(["", "*", "api", "a.example:443"])("%j is none", (path) => {
    expect(match(routes, undefined, path)).toBeUndefined()
  })

  it("without a listen path goes nowhere", () => {
    expect(match(routesOf(["api", "*", "/api"]), undefined, "/")).toBeUndefined()
    expect(match(routesOf(), undefined, "/")).toBeUndefined()
  })

  it("never goes where its decoded or lower-case form would not", () => {
    const segment = fc.constantFrom("api", "API", "%61pi", "v2", "V2", "v%32", "x", "")
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 4 }), (segments) => {
        const path = `/${segments.join("/")}`
        const apiId = match(routes, undefined, path)
        if (apiId === undefined) return
        expect(match(routes, undefined, decodeURIComponent(path))).toBe(apiId)
        expect(match(routes, undefined, decodeURIComponent(path).toLowerCase())).toBe(apiId)
      }),
      { numRuns: 1000 },
    )
  })
})

describe("a host", () => {
  const routes = routesOf(
    ["exact", "a.example.com", "/a"],
    ["wild", "*.example.com", "/a"],
    ["wild-b", "{tenant}.example.com", "/b"],
    ["any", "*", "/"],
    ["any-long", "*", "/a/long"],
    ["one-of", "{env:dev|Prod}-api.example.org", "/"],
    ["v6", "[::1]", "/"],
    ["v4", "10.0.0.1", "/"],
  )

  it.each([
    ["a.example.com", "/a/x", "exact"],
    ["A.Example.com.:8443", "/a", "exact"],
    ["b.example.com", "/a", "wild"],
    ["a.example.com", "/b", "wild-b"],
    ["a.example.com", "/a/long", "exact"],
    ["a.example.com", "/c", "any"],
    ["b.a.example.com", "/a", "any"],
    ["example.com", "/a", "any"],
    ["example.org", "/a/long/x", "any-long"],
    ["dev-api.example.org", "/", "one-of"],
    ["prod-api.example.org", "/x", "one-of"],
    ["test-api.example.org", "/x", "any"],
    ["[0::1]:443", "/", "v6"],
    ["10.0.0.1", "/", "v4"],
    ["10.0.0.2", "/", "any"],
  ])("%j with the path %j goes to %j", (host, path, apiId) => {
    expect(match(routes, host, path)).toBe(apiId)
  })

  it("may be listed twice by one pattern", () => {
    expect(match(routesOf(["twice", "{x:a|A|a}.example", "/"]), "a.example", "/")).toBe("twice")
  })

  it("is compared with the suffix of a wildcard by whole labels", () => {
    const only = routesOf(["wild", "*.com", "/"])
    expect(match(only, "a.com", "/")).toBe("wild")
    expect(match(only, "com", "/")).toBeUndefined()
    expect(match(only, "acom", "/")).toBeUndefined()
    expect(match(only, undefined, "/")).toBeUndefined()
  })

  it("is not escaped by the case of a path: what its own routes cover does not fall through", () => {
    const mixed = routesOf(["own", "a.example", "/api"], ["any", "*", "/"])
    expect(match(mixed, "a.example", "/API")).toBeUndefined()
    expect(match(mixed, "a.example", "/%61pi")).toBeUndefined()
    expect(match(mixed, "b.example", "/API")).toBe("any")
  })
})

describe("a problem", () => {
  it.each([
    ["a pattern with a regular expression", "{x:[a-z]+}.example.com", "/", "host"],
    ["a name that is not the first label", "api.{x}.example.com", "/", "host"],
    ["a name that is part of a label", "a{x}.example.com", "/", "host"],
    ["an unclosed pattern", "{x.example.com", "/", "host"],
    ["an unclosed alternative", "{x:a|bc", "/", "host"],
    ["an asterisk inside", "a.*.example.com", "/", "host"],
    ["two asterisks", "*.*.example.com", "/", "host"],
    ["a wildcard without suffix", "*.", "/", "host"],
    ["a wildcard of addresses", "*.0.0.1", "/", "host"],
    ["a name alone", "{x}", "/", "host"],
    ["no host", "", "/", "host"],
    ["a port", "a.example:8443", "/", "host"],
    ["a host beyond ASCII", "bücher.example", "/", "host"],
    ["an alternative that is no literal", "{x:a.b|c}.example", "/", "host"],
    ["a pattern in the listen path", "*", "/{id}/x", "listenPath"],
    ["an empty listen path", "*", "", "listenPath"],
    ["a relative listen path", "*", "api", "listenPath"],
    ["an ambiguous listen path", "*", "/a//b", "listenPath"],
    ["a dot segment", "*", "/a/../b", "listenPath"],
    ["an escape", "*", "/caf%C3%A9", "listenPath"],
    ["a query", "*", "/a?b", "listenPath"],
  ])("is %s", (_name, host, listenPath, about) => {
    expect(problemsOf(["good", "*", "/good"], ["bad", host, listenPath])).toMatchObject([
      { about, apiIds: ["bad"] },
    ])
  })

  it.each([
    ["the same place", ["*", "/a"], ["*", "/a"]],
    ["with and without slash", ["*", "/a"], ["*", "/a/"]],
    ["in other case", ["*", "/a"], ["*", "/A"]],
    ["a host in two spellings", ["A.example", "/"], ["a.example.", "/"]],
    ["an asterisk and a name", ["*.example", "/"], ["{x}.example", "/"]],
    ["a host and an alternative", ["a.example", "/"], ["{x:a|b}.example", "/"]],
    ["one address", ["[::1]", "/"], ["0::1", "/"]],
  ] as const)("is two APIs in one place, both named: %s", (_name, one, two) => {
    const problems = problemsOf(["one", ...one], ["two", ...two])
    expect(problems).toMatchObject([{ about: "conflict", apiIds: ["one", "two"] }])
    expect(problems[0]?.message).toContain('"one" and "two"')
  })

  it("is one API defined twice in one place", () => {
    expect(problemsOf(["one", "*", "/"], ["one", "*", "/"])).toMatchObject([{ about: "conflict" }])
  })

  it("is reported with all others", () => {
    expect(
      problemsOf(["a", "*", "x"], ["b", "", "/"], ["c", "*", "/"], ["d", "*", "/"]),
    ).toHaveLength(3)
  })

  it("is a pattern with too many alternatives", () => {
    const four = "{x:a|b|c|d}"
    expect(readHostPattern(`${four.repeat(4)}.example`)).toHaveLength(ALTERNATIVES_LIMIT)
    expect(readHostPattern(`${four.repeat(5)}.example`)).toMatchObject({ _tag: "problem" })
  })
})

it("any route is built or reported, and any path of it is answered", () => {
  fc.assert(
    fc.property(hostileText, hostileText, hostileText, (host, listenPath, path) => {
      const built = createRoutes([{ apiId: "a", host, listenPath: `/${listenPath}` }])
      if (built._tag === "routes") built.match(undefined, path)
      else expect(built.problems).toHaveLength(1)
      routesOf(["a", "*", "/"]).match(undefined, path)
    }),
    { numRuns: 1000 },
  )
})

describe("among ten thousand routes", () => {
  const many = Array.from({ length: 10_000 }, (_, at) => {
    const host = ["*", `h${at}.example`, `*.w${at}.example`, "shared.example"][at % 4] ?? "*"
    return [`api-${at}`, host, `/group-${at % 100}/api-${at}`] as const
  })
  const routes = routesOf(...many)

  it("each is found", () => {
    for (const [apiId, host, listenPath] of many) {
      expect(match(routes, host.replace("*.", "x.").replace("*", "other"), `${listenPath}/x`)).toBe(
        apiId,
      )
    }
  })

  it("looking one up costs no more than among ten", () => {
    const few = routesOf(...many.slice(-10))
    const cost = (index: Routes, path: string): number =>
      work(() => match(index, "shared.example", path))
    expect(cost(routes, "/group-99/api-9999/x")).toBe(cost(few, "/group-99/api-9999/x"))
    expect(cost(routes, "/x")).toBeLessThan(200)
  })

  it("the work for a path grows in proportion to it", () => {
    const cost = (n: number): number =>
      work(() => match(routes, undefined, `/%61${"/a".repeat(n)}`))
    expect(cost(4000)).toBeLessThan(cost(1000) * 4.5)
  })
})

it("tells the APIs that a host can reach, those of every host included", () => {
  const built = createRoutes([
    { apiId: "exact", host: "a.example", listenPath: "/" },
    { apiId: "wild", host: "*.example", listenPath: "/w" },
    { apiId: "any", host: "*", listenPath: "/any" },
  ])
  if (built._tag === "problems") throw new Error(built.problems[0]?.message)
  const at = (name: string) => [...built.apisOf({ _tag: "host", name, literal: false })].sort()
  expect(at("a.example")).toEqual(["any", "exact", "wild"])
  expect(at("b.example")).toEqual(["any", "wild"])
  expect(at("elsewhere")).toEqual(["any"])
  expect(built.apisOf(undefined)).toEqual(["any"])
})

it("knows alternatives without a name, as definitions write them", () => {
  const built = createRoutes([{ apiId: "a", host: "{?:host1|host2}", listenPath: "/" }])
  if (built._tag === "problems") throw new Error(built.problems[0]?.message)
  const at = (name: string) => built.match({ _tag: "host", name, literal: false }, "/")
  expect([at("host1"), at("host2"), at("host3")]).toEqual(["a", "a", undefined])
})
