import { describe, expect, it } from "vitest"
import type { GeneralName } from "../../../src/certificate/general-name.ts"
import { checkNames } from "../../../src/path/names/check-names.ts"
import { made, nameOf } from "../../fixtures/made.ts"

const dns = (text: string): GeneralName => ({ _tag: "Dns", text })
const other: GeneralName = { _tag: "Other", type: 8, bytes: new Uint8Array() }
const subtree = (base: GeneralName) => ({ base, ranged: false })

interface Given {
  readonly permitted?: readonly GeneralName[]
  readonly excluded?: readonly GeneralName[]
}

const issuerWith = ({ permitted, excluded }: Given) =>
  made(
    {},
    {
      nameConstraints: {
        permitted: permitted?.map(subtree),
        excluded: excluded?.map(subtree),
      },
    },
  )

const named = (...names: readonly GeneralName[]) =>
  made({ subject: nameOf() }, { subjectAltName: names })

const always = () => true

function breach(given: Given, ...names: readonly GeneralName[]) {
  const [issuer, leaf] = [issuerWith(given), named(...names)]
  const failure = checkNames(issuer, [leaf], always)
  if (failure?._tag !== "NameConstraintViolated") return failure
  expect(failure).toMatchObject({ certificate: leaf, issuer })
  const { rule, name, constraint } = failure
  return [rule, name, constraint]
}

describe("a name", () => {
  it("is told with the constraint that it breaks", () => {
    const [a, b, bad] = [dns("a.test"), dns("b.test"), dns("a_b")]
    expect(breach({ excluded: [b, a] }, a)).toStrictEqual(["excluded", a, a])
    expect(breach({ permitted: [b, dns("c.test")] }, a)).toStrictEqual(["not permitted", a, b])
    expect(breach({ permitted: [b, a] }, a, b)).toBeUndefined()
    expect(breach({ permitted: [b] }, bad)).toStrictEqual(["malformed", bad, b])
    expect(breach({ permitted: [b], excluded: [a] }, bad)).toStrictEqual(["malformed", bad, a])
    expect(breach({ excluded: [other] }, other)).toStrictEqual(["unsupported", other, other])
  })

  it("of a kind that nothing constrains is free, whatever its form", () => {
    expect(breach({ permitted: [dns("a.test")] }, other)).toBeUndefined()
    expect(breach({ excluded: [other] }, dns("a_b"))).toBeUndefined()
  })

  it("is the subject too, unless that is empty", () => {
    const base: GeneralName = { _tag: "Directory", name: nameOf("good") }
    const issuer = issuerWith({ permitted: [base] })
    const leaf = made({ subject: nameOf("bad") })
    expect(checkNames(issuer, [leaf], always)).toMatchObject({
      name: { _tag: "Directory", name: leaf.subject },
    })
    expect(checkNames(issuer, [made({ subject: nameOf() })], always)).toBeUndefined()
  })

  it("is an address in the subject, which is malformed where it has no text", () => {
    const value = new Uint8Array()
    const addressed = (text: string | undefined) => {
      const attributes = [{ oid: "1.2.840.113549.1.9.1", text, value }]
      return made({ subject: { bytes: value, rdns: [{ attributes, key: "e" }], key: "e" } })
    }
    const issuer = issuerWith({ permitted: [{ _tag: "Email", text: "a.test" }] })
    expect(checkNames(issuer, [addressed("x@a.test")], always)).toBeUndefined()
    expect(checkNames(issuer, [addressed("x@b.test")], always)).toMatchObject({
      rule: "not permitted",
      name: { _tag: "Email", text: "x@b.test" },
    })
    expect(checkNames(issuer, [addressed(undefined)], always)).toMatchObject({
      rule: "malformed",
      name: { _tag: "Email", text: "" },
    })
  })
})

describe("name constraints", () => {
  it("that are absent constrain nothing", () => {
    expect(checkNames(made(), [named(dns("a_b"))], always)).toBeUndefined()
  })

  it.each([
    [{}],
    [{ permitted: [] }],
    [{ permitted: [dns("a.test")], excluded: [] }],
    [{ permitted: [dns("a_b")] }],
    [{ excluded: [dns("a_b")] }],
  ])("that cannot be read refuse their issuer: %j", (given) => {
    const issuer = issuerWith(given)
    expect(checkNames(issuer, [], always)).toStrictEqual({
      _tag: "ExtensionRefused",
      certificate: issuer,
      extension: "2.5.29.30",
      reason: "a constraint is empty or malformed",
    })
  })

  it("cost each name as many comparisons as there are, until the budget ends", () => {
    const issuer = issuerWith({ permitted: [dns("a.test"), dns("b.test")], excluded: [dns("c")] })
    const spent: number[] = []
    const leaf = named(dns("a.test"), dns("b.test"), dns("x.b.test"))
    const twice = (amount: number) => spent.push(amount) < 3
    expect(checkNames(issuer, [leaf], twice)).toStrictEqual({
      _tag: "ExtensionRefused",
      certificate: issuer,
      extension: "2.5.29.30",
      reason: "budget is exhausted",
    })
    expect(spent).toEqual([3, 3, 3])
    const one = issuerWith({ excluded: [dns("c")] })
    checkNames(one, [leaf], (amount) => spent.push(amount) > 0)
    expect(spent.slice(3)).toEqual([1, 1, 1])
  })
})
