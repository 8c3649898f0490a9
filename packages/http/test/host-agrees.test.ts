import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { normaliseHost, normaliseServerName } from "../src/host.ts"
import { hostAgrees } from "../src/host-agrees.ts"
import { createRoutes, type Route, type Routes } from "../src/routes.ts"
import { hostileText } from "./arbitrary.ts"
import { work } from "./work.ts"

const routes = build([
  { apiId: "open", host: "open.example.com", listenPath: "/" },
  { apiId: "mtls", host: "mtls.example.com", listenPath: "/" },
  { apiId: "mtls-a", host: "{x:one|two}.example.org", listenPath: "/a" },
  { apiId: "tenants", host: "*.tenants.example", listenPath: "/" },
  { apiId: "vip", host: "vip.tenants.example", listenPath: "/vip" },
  { apiId: "rest", host: "*", listenPath: "/rest" },
  { apiId: "address", host: "10.0.0.9", listenPath: "/" },
])

function build(list: readonly Route[]): Routes {
  const built = createRoutes(list)
  if (built._tag === "problems") throw new Error(built.problems[0]?.message)
  return built
}

function agrees(
  serverName: string | undefined,
  host: string | undefined,
  defaultAsksForCertificate = true,
): boolean {
  const name = serverName === undefined ? undefined : normaliseServerName(serverName)
  const reading = host === undefined ? undefined : normaliseHost(host)
  return hostAgrees(routes, name, reading, { defaultAsksForCertificate })
}

describe("a connection opened for one host and used for another", () => {
  it.each([
    ["an open host, then a protected one", "open.example.com", "mtls.example.com"],
    ["a protected host, then an open one", "mtls.example.com", "open.example.com"],
    ["an unknown host, then a protected one", "unknown.example", "mtls.example.com"],
    ["a protected host, then an unknown one", "mtls.example.com", "unknown.example"],
    ["a tenant, then a host with routes of its own", "a.tenants.example", "vip.tenants.example"],
    ["a tenant, then what is under a tenant", "a.tenants.example", "b.a.tenants.example"],
    ["a tenant, then the domain of tenants", "a.tenants.example", "tenants.example"],
    ["an open host, then an address", "open.example.com", "10.0.0.1"],
    ["an unknown host, then an address with routes", "unknown.example", "10.0.0.9"],
    ["a protected host, then none", "mtls.example.com", undefined],
    ["a host that only begins like it", "mtls.example.com", "mtls.example.com.evil.example"],
  ])("disagrees: %s", (_name, serverName, host) => {
    expect(agrees(serverName, host)).toBe(false)
  })
})

describe("a server name that nobody tells", () => {
  const asks = { defaultAsksForCertificate: true }
  const host = normaliseHost("mtls.example.com")

  it("disagrees where hosts differ, and agrees where all of them have the same routes", () => {
    expect(hostAgrees(routes, "unknown", host, asks)).toBe(false)
    expect(hostAgrees(routes, "unknown", undefined, asks)).toBe(false)
    for (const one of ["*", "mtls.example.com", "*.example.com"]) {
      const single = build([{ apiId: "a", host: one, listenPath: "/" }])
      expect(hostAgrees(single, "unknown", host, asks)).toBe(true)
      expect(hostAgrees(single, "unknown", normaliseHost("a,b"), asks)).toBe(false)
    }
    const two = build([
      { apiId: "a", host: "*", listenPath: "/" },
      { apiId: "b", host: "b.example", listenPath: "/b" },
    ])
    expect(hostAgrees(two, "unknown", host, asks)).toBe(false)
  })
})

describe("a server name and a host of one group", () => {
  it.each([
    ["the same", "mtls.example.com", "mtls.example.com"],
    ["case", "MTLS.example.com", "mtls.EXAMPLE.com"],
    ["port", "mtls.example.com", "mtls.example.com:8443"],
    ["trailing dot", "mtls.example.com", "mtls.example.com."],
    ["trailing dot of the server name", "mtls.example.com.", "mtls.example.com:443"],
    ["two hosts that no route names", "x.example", "y.example"],
    ["a host that no route names, and none", "x.example", undefined],
    ["a host that no route names, and an address", "x.example", "10.0.0.1"],
    ["two tenants", "a.tenants.example", "B.Tenants.example:443"],
    ["two alternatives of one route", "one.example.org", "two.example.org"],
  ])("agree: %s", (_name, serverName, host) => {
    expect(agrees(serverName, host, false)).toBe(true)
  })
})

describe("without a server name", () => {
  it.each([undefined, "10.0.0.1", "10.0.0.9", "::1"])(
    "(%j) a host agrees if the default context asks for a certificate",
    (serverName) => {
      for (const host of ["mtls.example.com", "unknown.example", "10.0.0.1", undefined]) {
        expect(agrees(serverName, host, true)).toBe(true)
        expect(agrees(serverName, host, false)).toBe(false)
      }
    },
  )
})

describe("what cannot be read agrees with nothing", () => {
  it.each([
    ["", "mtls.example.com"],
    ["mtls.example.com:443", "mtls.example.com"],
    ["*.tenants.example", "a.tenants.example"],
    ["mtls.example.com\0", "mtls.example.com"],
    ["mtls.example.com", ""],
    ["mtls.example.com", "open.example.com, mtls.example.com"],
    ["mtls.example.com", "x@mtls.example.com"],
    ["b\u00fccher.example", "b\u00fccher.example"],
    [undefined, "a b"],
    ["10.0.0.1", "a b"],
  ])("server name %j, host %j", (serverName, host) => {
    expect(agrees(serverName, host)).toBe(false)
  })

  it("whatever it is", () => {
    fc.assert(
      fc.property(hostileText, hostileText, (serverName, host) => {
        const isRead =
          normaliseHost(host)._tag === "host" && normaliseServerName(serverName)._tag === "host"
        if (!isRead) expect(agrees(serverName, host)).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })
})

it("two hosts agree on the same APIs in whatever order, and not if a wildcard adds to one", () => {
  const same = build([
    { apiId: "x", host: "one.a.example", listenPath: "/x" },
    { apiId: "y", host: "one.a.example", listenPath: "/y" },
    { apiId: "y", host: "two.a.example", listenPath: "/y" },
    { apiId: "x", host: "two.a.example", listenPath: "/x" },
    { apiId: "z", host: "one.{zone:b|c}.example", listenPath: "/z" },
    { apiId: "more", host: "*.c.example", listenPath: "/more" },
  ])
  const group = (name: string): number => same.groupOf({ _tag: "host", name, literal: false })
  expect(group("one.a.example")).toBe(group("two.a.example"))
  expect(group("one.b.example")).not.toBe(group("one.c.example"))
  expect(group("one.b.example")).not.toBe(group("one.a.example"))
})

it("two hosts that agree reach the same APIs by every path", () => {
  const name = fc.constantFrom(
    "open.example.com",
    "mtls.example.com",
    "one.example.org",
    "two.example.org",
    "a.tenants.example",
    "b.tenants.example",
    "vip.tenants.example",
    "x.example",
    "10.0.0.9",
    "10.0.0.1",
  )
  const path = fc.constantFrom("/", "/a", "/a/b", "/vip", "/rest", "/x")
  fc.assert(
    fc.property(name, name, path, (one, two, path) => {
      const [first, second] = [normaliseHost(one), normaliseHost(two)]
      if (first._tag === "problem" || second._tag === "problem") throw new Error("unreadable")
      if (routes.groupOf(first) !== routes.groupOf(second)) return
      expect(routes.match(first, path)).toBe(routes.match(second, path))
    }),
    { numRuns: 1000 },
  )
})

it("grouping hosts under one large wildcard costs work in proportion to the routes", () => {
  const cost = (n: number): number => {
    const list = Array.from({ length: n }, (_, at) => [
      { apiId: `w${at}`, host: "*.example", listenPath: `/w${at}` },
      { apiId: `e${at}`, host: `e${at}.example`, listenPath: "/" },
    ]).flat()
    return work(() => build(list))
  }
  expect(cost(1200)).toBeLessThan(cost(300) * 4.8)
})
