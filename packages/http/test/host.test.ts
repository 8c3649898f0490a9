import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { normaliseHost, normaliseServerName } from "../src/host.ts"
import { hostileText } from "./arbitrary.ts"
import { work } from "./work.ts"

const label = "a".repeat(63)
const longest = `${label}.${label}.${label}.${"a".repeat(61)}`

describe("a host", () => {
  it.each([
    ["api.example.com", "api.example.com"],
    ["API.Example.COM:8443", "api.example.com"],
    ["api.example.com.", "api.example.com"],
    ["api.example.com.:443", "api.example.com"],
    ["api.example.com:", "api.example.com"],
    ["localhost", "localhost"],
    ["my_service:80", "my_service"],
    ["xn--bcher-kva.example", "xn--bcher-kva.example"],
    ["1.example", "1.example"],
    [`${longest}.:65535`, longest],
  ])("%j is the name %j", (text, name) => {
    expect(normaliseHost(text)).toEqual({ _tag: "host", name, literal: false })
  })

  it.each([
    ["10.0.0.1", "10.0.0.1"],
    ["10.0.0.1:443", "10.0.0.1"],
    ["10.0.0.1.", "10.0.0.1"],
    ["[::1]", "[0:0:0:0:0:0:0:1]"],
    ["[2001:DB8::0001]:443", "[2001:db8:0:0:0:0:0:1]"],
    ["[::ffff:1.2.3.4]", "[0:0:0:0:0:ffff:102:304]"],
    ["[1:2:3:4:5:6:7::]", "[1:2:3:4:5:6:7:0]"],
    ["[::]", "[0:0:0:0:0:0:0:0]"],
  ])("%j is the address %j", (text, name) => {
    expect(normaliseHost(text)).toEqual({ _tag: "host", name, literal: true })
  })

  it.each([
    "",
    ".",
    "..",
    "a..b",
    ".a",
    "a..",
    " a",
    "a b",
    "a\t",
    "a,b",
    "user@a",
    "a/b",
    "a?b",
    "a#b",
    "a\\b",
    "a%2eb",
    "a\0",
    "a\n",
    "*.example.com",
    "bücher.example",
    "\u212aing.example",
    "a\u3002b",
    `${label}a`,
    `${longest}a`,
    "a:b",
    "a:65536",
    "a:-1",
    "a:1:2",
    ":443",
    "1.2.3",
    "1.2.3.4.5",
    "256.0.0.1",
    "010.0.0.1",
    "2130706433",
    "0x7f.0.0.1",
    "127.0.0.0x1",
    "a.1",
    "::1",
    "[::1",
    "[]",
    "[::1]a",
    "[::1]:a",
    "[fe80::1%25eth0]",
    "[1::2::3]",
    "[:::]",
    "[1:2:3:4:5:6:7]",
    "[1:2:3:4:5:6:7:8:9]",
    "[1:2:3:4:5:6:7:8::]",
    "[1.2.3.4::]",
    "[12345::]",
    "[v1.a]",
    "[10.0.0.1]",
  ])("%j is a problem", (text) => {
    expect(normaliseHost(text)._tag).toBe("problem")
  })

  it("that is already canonical stays, and any text has a reading", () => {
    const parts = fc.array(fc.constantFrom("a", "B", "1", ".", ":", "[", "]", "::", "-"))
    const text = fc.oneof(
      hostileText,
      fc.domain(),
      fc.ipV4(),
      fc.ipV6(),
      parts.map((p) => p.join("")),
    )
    fc.assert(
      fc.property(text, (text) => {
        const reading = normaliseHost(text)
        if (reading._tag === "host") expect(normaliseHost(reading.name)).toEqual(reading)
      }),
      { numRuns: 2000 },
    )
  })

  it("in any spelling of one address is one", () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const reading = normaliseHost(`[${address}]`)
        const url = new URL(`http://[${address}]`)
        expect(reading).toEqual(normaliseHost(url.host.toUpperCase()))
        expect(reading._tag).toBe("host")
      }),
      { numRuns: 500 },
    )
  })

  it("of any length costs bounded work", () => {
    for (const unit of ["a.", "a", ":", ".", "[", "1.", "0"]) {
      expect(work(() => normaliseHost(unit.repeat(100_000)))).toBeLessThan(2000)
      expect(work(() => normaliseHost(unit.repeat(120)))).toBeLessThan(4000)
    }
  })
})

describe("a server name", () => {
  it.each([
    ["API.example.com", "api.example.com", false],
    ["api.example.com.", "api.example.com", false],
    ["10.0.0.1", "10.0.0.1", true],
    ["::1", "[0:0:0:0:0:0:0:1]", true],
  ])("%j is %j", (text, name, literal) => {
    expect(normaliseServerName(text)).toEqual({ _tag: "host", name, literal })
  })

  it.each(["", "a:443", "[::1]", "fe80::1%eth0", "a b", "*.a", "a\0b", "10.0.0.1:443", "ü"])(
    "%j is a problem",
    (text) => {
      expect(normaliseServerName(text)._tag).toBe("problem")
    },
  )

  it("any text has a reading, which as a host is the same", () => {
    fc.assert(
      fc.property(fc.oneof(hostileText, fc.domain(), fc.ipV6()), (text) => {
        const reading = normaliseServerName(text)
        if (reading._tag === "host") expect(normaliseHost(reading.name)).toEqual(reading)
      }),
      { numRuns: 1000 },
    )
  })
})
