import { describe, expect, it } from "vitest"
import {
  isDnsName,
  isExcludedDns,
  isHostName,
  isPermittedDns,
} from "../../../src/path/names/dns.ts"
import { matchesEmail, readEmailConstraint, readMailbox } from "../../../src/path/names/email.ts"
import { isInNetwork, readNetwork } from "../../../src/path/names/ip.ts"
import { matchesUri, readUriConstraint, uriHost } from "../../../src/path/names/uri.ts"

describe("host names", () => {
  it.each([
    ["localhost"],
    ["a.b-c.d1"],
    ["1.2.3.4.example"],
    ["xn--mnchen-3ya.example"],
    [`${"a".repeat(63)}.example`],
    [Array.from({ length: 126 }, () => "a").join(".")],
  ])("are such as %s", (name) => {
    expect(isHostName(name)).toBe(true)
    expect(isDnsName(`*.${name}`)).toBe(true)
  })

  it.each([
    [""],
    ["."],
    [".a"],
    ["a."],
    ["a..b"],
    ["-a.b"],
    ["a-.b"],
    ["a_b.c"],
    ["192.0.2.1"],
    ["a.b.7"],
    ["*"],
    ["*.*.a"],
    ["a.*"],
    ["A.example"],
    ["a b"],
    ["a\0.b"],
    ["::1"],
    [`${"a".repeat(64)}.example`],
    [Array.from({ length: 128 }, () => "a").join(".")],
  ])("are not such as %j", (name) => {
    expect(isHostName(name)).toBe(false)
  })

  it("lie within a domain by whole labels", () => {
    expect(isPermittedDns("a.ok.test", "ok.test")).toBe(true)
    expect(isPermittedDns("aok.test", "ok.test")).toBe(false)
    expect(isPermittedDns("test", "ok.test")).toBe(false)
    expect(isPermittedDns("anything", "")).toBe(true)
  })

  it("with a wildcard stand for all their hosts when permitted, for any when excluded", () => {
    expect(isPermittedDns("*.ok.test", "ok.test")).toBe(true)
    expect(isPermittedDns("*.ok.test", "a.ok.test")).toBe(false)
    expect(isExcludedDns("*.ok.test", "a.ok.test")).toBe(true)
    expect(isExcludedDns("*.ok.test", "a.b.ok.test")).toBe(false)
    expect(isExcludedDns("*.a.ok.test", "ok.test")).toBe(true)
    expect(isExcludedDns("*.ok.test", "test")).toBe(true)
    expect(isExcludedDns("*.ok.test", "evil.test")).toBe(false)
    expect(isExcludedDns("abc.test", "abc.test")).toBe(true)
    expect(isExcludedDns("a.b.test", "c.b.test")).toBe(false)
  })
})

describe("mailboxes", () => {
  it.each([["a@b"], ["*@b.test"], ["a.b+c@d.test"], ["a/b=c@d.test"]])("are such as %s", (text) => {
    expect(readMailbox(text)).toBeDefined()
  })

  it.each([
    ["a"],
    ["@b"],
    ["a@"],
    ["a@b@c"],
    ["a b@c"],
    ['"a b"@c.test'],
    ["a@[192.0.2.1]"],
    ["a@*.b"],
    ["a\0@b"],
  ])("are not such as %j", (text) => {
    expect(readMailbox(text)).toBeUndefined()
  })

  it.each([
    ["a@ok.test", "a@ok.test", true],
    ["a@ok.test", "a@OK.test", true],
    ["a@ok.test", "A@ok.test", false],
    ["a@ok.test", "b@ok.test", false],
    ["a@ok.test", "a@evil.test", false],
    ["ok.test", "a@ok.test", true],
    ["ok.test", "a@b.ok.test", false],
    [".ok.test", "a@b.ok.test", true],
    [".ok.test", "a@ok.test", false],
    ["**@ok.test", "*@ok.test", false],
    ["*@ok.test", "a@ok.test", false],
  ])("under %s: %s is %s", (constraint, text, expected) => {
    const read = readEmailConstraint(constraint)
    const mailbox = readMailbox(text)
    expect(read !== undefined && mailbox !== undefined && matchesEmail(mailbox, read)).toBe(
      expected,
    )
  })

  it.each([[""], ["."], ["a@b@c"], ["*.ok.test"], ["@ok.test"]])("%j is no constraint", (text) => {
    expect(readEmailConstraint(text)).toBeUndefined()
  })
})

describe("URIs", () => {
  it.each([
    ["https://a.test", "a.test"],
    ["HTTPS://A.Test:443/x@y", "a.test"],
    ["ftp://u:p@a.test:21/", "a.test"],
    ["spiffe://domain/path", "domain"],
    ["https://a.test?b@c", "a.test"],
    ["https://a.test#@c", "a.test"],
  ])("%s has the host %s", (uri, host) => {
    expect(uriHost(uri)).toBe(host)
  })

  it.each([
    ["urn:a.test"],
    ["mailto:a@b.test"],
    ["https:/a.test"],
    ["https:///a.test"],
    ["//a.test"],
    ["https://a@b@c.test"],
    ["https://a.test\\@b.test"],
    ["https://a%2etest"],
    ["https://192.0.2.1/"],
    ["https://[::1]/"],
    ["https://a.test:x/"],
    ["https://a.test."],
    ["https://"],
    ["javascript:x://a.test"],
  ])("%s has none that could be compared", (uri) => {
    expect(uriHost(uri)).toBeUndefined()
  })

  it.each([
    ["ok.test", "ok.test", true],
    ["ok.test", "a.ok.test", false],
    [".ok.test", "a.ok.test", true],
    [".ok.test", "ok.test", false],
    [".ok.test", "evilok.test", false],
  ])("under %s: %s is %s", (constraint, host, expected) => {
    const read = readUriConstraint(constraint)
    expect(read !== undefined && matchesUri(host, read)).toBe(expected)
  })
})

describe("networks", () => {
  const network = (...octets: number[]): ReturnType<typeof readNetwork> =>
    readNetwork(Uint8Array.from(octets))

  it("contain addresses under their mask", () => {
    const read = network(192, 0, 2, 77, 255, 255, 255, 192)
    const isIn = (last: number): boolean =>
      read !== undefined && isInNetwork(Uint8Array.of(192, 0, 2, last), read)
    expect([63, 64, 127, 128].map(isIn)).toEqual([false, true, true, false])
  })

  it("of all zeros contain every address of their family and none of the other", () => {
    const read = network(0, 0, 0, 0, 0, 0, 0, 0)
    expect(read && isInNetwork(Uint8Array.of(1, 2, 3, 4), read)).toBe(true)
    expect(read && isInNetwork(new Uint8Array(16), read)).toBe(false)
  })

  it("have eight or thirty-two octets and a mask without holes", () => {
    expect(network(1, 2, 3, 4)).toBeUndefined()
    expect(readNetwork(new Uint8Array(16))).toBeUndefined()
    expect(network(1, 2, 3, 4, 255, 0, 255, 0)).toBeUndefined()
    expect(network(1, 2, 3, 4, 253, 0, 0, 0)).toBeUndefined()
    expect(readNetwork(new Uint8Array(32).fill(255))).toBeDefined()
  })
})
