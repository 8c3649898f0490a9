import { describe, expect, it } from "vitest"
import type { GeneralName } from "../../../src/certificate/general-name.ts"
import { comparableName, kindOf } from "../../../src/path/names/comparable-name.ts"
import { readConstraint } from "../../../src/path/names/constraint.ts"
import { nameDefect } from "../../../src/path/names/defect.ts"
import { isBelowDirectory } from "../../../src/path/names/directory.ts"
import { isHostName, isWithin } from "../../../src/path/names/dns.ts"
import { readEmailConstraint, readMailbox } from "../../../src/path/names/email.ts"
import { isAddress, readNetwork } from "../../../src/path/names/ip.ts"
import { isAbsoluteUri, readUriConstraint, uriHost } from "../../../src/path/names/uri.ts"
import { nameOf } from "../../fixtures/made.ts"

const dns = (text: string): GeneralName => ({ _tag: "Dns", text })
const email = (text: string): GeneralName => ({ _tag: "Email", text })
const uri = (text: string): GeneralName => ({ _tag: "Uri", text })
const ip = (...octets: number[]): GeneralName => ({ _tag: "Ip", octets: Uint8Array.from(octets) })
const other: GeneralName = { _tag: "Other", type: 8, bytes: new Uint8Array() }
const directory: GeneralName = { _tag: "Directory", name: nameOf("a") }

const rows: readonly (readonly [GeneralName, string | undefined, object])[] = [
  [dns("A.test"), undefined, { _tag: "Dns", name: "a.test" }],
  [dns("*.a.test"), undefined, { _tag: "Dns", name: "*.a.test" }],
  [dns("a_b.test"), "not a host name", { _tag: "Unclear" }],
  [email("A@B.test"), undefined, { _tag: "Email", mailbox: { local: "A", host: "b.test" } }],
  [email("b.test"), "not a mailbox", { _tag: "Unclear" }],
  [uri("https://A.test/x"), undefined, { _tag: "Uri", host: "a.test" }],
  [uri("urn:a"), undefined, { _tag: "Unclear" }],
  [uri("/a"), "not an absolute URI", { _tag: "Unclear" }],
  [ip(1, 2, 3, 4), undefined, { _tag: "Ip", octets: Uint8Array.of(1, 2, 3, 4) }],
  [ip(1, 2, 3), "not an address", { _tag: "Unclear" }],
  [directory, undefined, { _tag: "Directory", name: nameOf("a") }],
  [other, undefined, { _tag: "Unclear" }],
]

describe("a name", () => {
  it.each(rows)(
    "has a form or a defect, and is compared if it can be: %j",
    (name, defect, read) => {
      expect(nameDefect(name)).toBe(defect)
      expect(comparableName(name)).toStrictEqual(read)
    },
  )

  it("meets constraints of its own kind", () => {
    const kinds = [dns("a"), email("a"), uri("a"), ip(), directory, other].map(kindOf)
    expect(kinds).toEqual(["Dns", "Email", "Uri", "Ip", "Directory", "Other 8"])
  })
})

describe("a constraint", () => {
  it.each([
    dns("a_b.test"),
    dns("*.test"),
    email("a@b@c"),
    uri("a_b"),
    ip(1, 2, 3, 4),
    ip(1, 2, 3, 4, 255, 0, 255, 0),
  ])("of no form is not read: %j", (base) => {
    expect(readConstraint({ base, ranged: false }, "permitted")).toBeUndefined()
  })

  it("with a minimum or maximum is not read", () => {
    expect(readConstraint({ base: dns("a.test"), ranged: true }, "permitted")).toBeUndefined()
  })

  const bases = [
    dns("A.test"),
    email("a.test"),
    uri("a.test"),
    ip(1, 2, 3, 4, 255, 255, 255, 255),
    directory,
    other,
  ]
  const names = [dns("a.test"), email("x@a.test"), uri("x://a.test"), ip(1, 2, 3, 4), directory]

  it("matches names of its kind alone", () => {
    const matches = bases.map((base) => {
      const constraint = readConstraint({ base, ranged: false }, "permitted")
      expect(constraint).toMatchObject({ base, kind: kindOf(base) })
      return names.map((name) => constraint?.matches(comparableName(name)))
    })
    const only = (kind: number) => names.map((_, i) => i === kind)
    expect(matches).toEqual(bases.map((_, i) => only(i)))
    const unclear = comparableName(dns("a_b"))
    for (const base of bases) {
      const constraint = readConstraint({ base, ranged: false }, "excluded")
      expect(constraint?.matches(unclear)).toBe(false)
    }
  })

  it("on URIs below a domain matches no other kind of name", () => {
    const below = readConstraint({ base: uri(".a.test"), ranged: false }, "permitted")
    expect(below?.matches(comparableName(uri("x://b.a.test")))).toBe(true)
    expect(below?.matches(comparableName(dns("b.a.test")))).toBe(false)
  })

  it("on hosts reaches wildcards by its side, and everything where it is empty", () => {
    const matches = (side: "permitted" | "excluded", domain: string, name: string) =>
      readConstraint({ base: dns(domain), ranged: false }, side)?.matches(comparableName(dns(name)))
    expect(matches("permitted", "a.b.test", "*.b.test")).toBe(false)
    expect(matches("excluded", "a.b.test", "*.b.test")).toBe(true)
    expect(matches("permitted", "", "x")).toBe(true)
  })
})

describe("forms of names at their borders", () => {
  it("host names have 253 characters at most, and labels of 63", () => {
    const label = (length: number) => "a".repeat(length)
    const name = (last: number) => [63, 63, 63, last].map(label).join(".")
    expect([isHostName(name(61)), isHostName(name(62))]).toEqual([true, false])
    expect([isHostName(label(63)), isHostName(label(64))]).toEqual([true, false])
    expect([isHostName("a1.b"), isHostName("a.1b"), isHostName("a.12")]).toEqual([
      true,
      true,
      false,
    ])
    expect([isHostName("a"), isHostName("a-"), isHostName("a.b\n")]).toEqual([true, false, false])
  })

  it("a host lies within itself and above its own labels", () => {
    expect(isWithin("a.test", "a.test")).toBe(true)
    expect(isWithin("b.a.test", "a.test")).toBe(true)
    expect(isWithin("ba.test", "a.test")).toBe(false)
    expect(isWithin("b.a.test.x", "a.test")).toBe(false)
  })

  it("local parts have 64 characters at most", () => {
    const mailbox = (length: number) => readMailbox(`${"a".repeat(length)}@b.test`)
    expect(mailbox(64)).toStrictEqual({ local: "a".repeat(64), host: "b.test" })
    expect(mailbox(65)).toBeUndefined()
    expect(readMailbox("a b@c.test")).toBeUndefined()
    expect(readMailbox("a@B.Test")).toStrictEqual({ local: "a", host: "b.test" })
    expect(readMailbox("\u00e9a@b.test")).toBeUndefined()
    expect(readMailbox("a\u00e9@b.test")).toBeUndefined()
  })

  it("constraints on mailboxes and URIs are a host, all below it, or one mailbox", () => {
    expect(readEmailConstraint("A.Test")).toStrictEqual({ _tag: "Host", host: "a.test" })
    expect(readEmailConstraint(".A.Test")).toStrictEqual({ _tag: "Below", domain: "a.test" })
    expect(readEmailConstraint("X@A.Test")).toStrictEqual({
      _tag: "Mailbox",
      mailbox: { local: "X", host: "a.test" },
    })
    expect(readUriConstraint("A.Test")).toStrictEqual({ _tag: "Host", host: "a.test" })
    expect(readUriConstraint(".A.Test")).toStrictEqual({ _tag: "Below", domain: "a.test" })
    for (const text of ["", ".", "..a", "a@b", "*.a"]) {
      expect(readUriConstraint(text)).toBeUndefined()
    }
  })

  it("URIs have a scheme, a colon and the characters of RFC 3986", () => {
    for (const text of ["a:b", "a1+.-:b", "A:%20~[]@!$&'()*+,;=:/?#"]) {
      expect(isAbsoluteUri(text)).toBe(true)
    }
    for (const text of [
      "",
      "a",
      "a:",
      "1a:b",
      ":b",
      " a:b",
      "a:b c",
      "a:b\n",
      "a:<",
      "\na:b",
      "a_:b",
    ]) {
      expect(isAbsoluteUri(text)).toBe(false)
    }
  })

  it("hosts of URIs stand between two slashes and a port", () => {
    const hosts = ["a://b.test", "a://u@b.test:1/c@d", "a://B.test:?x", "a://b.test#c"].map(uriHost)
    expect(hosts).toEqual(["b.test", "b.test", "b.test", "b.test"])
    const none = [
      "a:b://c.test",
      "a:/b",
      "a://",
      "a://b.test:1x",
      "a://b.test:x1",
      "a://u@v@b.test",
    ]
    for (const text of none) expect(uriHost(text)).toBeUndefined()
  })

  it("addresses have four or sixteen octets, networks twice as many and a mask from the left", () => {
    const sizes = [0, 3, 4, 5, 8, 15, 16, 17, 32]
    expect(sizes.filter((size) => isAddress(new Uint8Array(size)))).toEqual([4, 16])
    expect(sizes.filter((size) => readNetwork(new Uint8Array(size)) !== undefined)).toEqual([8, 32])
    expect(readNetwork(Uint8Array.of(1, 2, 3, 4, 255, 255, 128, 0))).toStrictEqual({
      address: Uint8Array.of(1, 2, 3, 4),
      mask: Uint8Array.of(255, 255, 128, 0),
    })
    for (const mask of [
      [255, 0, 1, 0],
      [0, 255, 0, 0],
      [127, 0, 0, 0],
      [255, 15, 0, 0],
    ]) {
      expect(readNetwork(Uint8Array.of(1, 2, 3, 4, ...mask))).toBeUndefined()
    }
  })

  it("directory names begin with every part of what they lie below, in order", () => {
    const below = (name: readonly string[], base: readonly string[]) =>
      isBelowDirectory(nameOf(...name), nameOf(...base))
    expect(below(["a", "b"], ["a"])).toBe(true)
    expect(below(["a", "b"], ["a", "b"])).toBe(true)
    expect(below(["a"], [])).toBe(true)
    expect(below(["a"], ["a", "b"])).toBe(false)
    expect(below(["b", "a"], ["a"])).toBe(false)
    expect(below(["a", "c"], ["a", "b"])).toBe(false)
  })
})
