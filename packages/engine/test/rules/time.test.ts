import { describe, expect, it } from "vitest"
import {
  atMost,
  contains,
  instantOf,
  leafOutOfTime,
  pathOutOfTime,
  wholeSeconds,
} from "../../src/rules/time.ts"

describe("time", () => {
  it("is rounded down to whole seconds, before 1970 too", () => {
    expect(wholeSeconds(1999)).toBe(1)
    expect(wholeSeconds(2000)).toBe(2)
    expect(wholeSeconds(-1)).toBe(-1)
    expect(instantOf(wholeSeconds(Date.UTC(2040, 0, 1) + 999))).toBe(Date.UTC(2040, 0, 1))
  })

  it.each([
    null,
    undefined,
    "",
    "1000",
    true,
    [],
    new Date(0),
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ])("is a fault where it is no finite number: %s", (value: unknown) => {
    // @ts-expect-error: hosts without types may pass anything
    expect(() => wholeSeconds(value)).toThrow(TypeError)
  })

  it.each([null, "0", Number.NaN, Number.NEGATIVE_INFINITY])(
    "is in no interval of which one end is no number: %s",
    (end: unknown) => {
      // @ts-expect-error: hosts without types may pass anything
      expect(contains({ notBefore: end, notAfter: 9000 }, 1)).toBe(false)
      // @ts-expect-error: hosts without types may pass anything
      expect(contains({ notBefore: 0, notAfter: end }, 0)).toBe(false)
    },
  )

  it("compares finite instants alone", () => {
    expect(atMost(1, 1)).toBe(true)
    expect(atMost(1, 2)).toBe(true)
    expect(atMost(2, 1)).toBe(false)
    expect(atMost(Number.NaN, 1)).toBe(false)
    expect(atMost(1, Number.NaN)).toBe(false)
    expect(atMost(Number.NEGATIVE_INFINITY, 1)).toBe(false)
    expect(atMost(1, Number.POSITIVE_INFINITY)).toBe(false)
  })

  it("lies inside an interval whose ends belong to it", () => {
    const interval = { notBefore: 1000, notAfter: 3000 }
    expect([0, 1, 2, 3, 4].map((now) => contains(interval, now))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ])
    expect(contains(undefined, 0)).toBe(false)
    expect(contains({ notBefore: 0, notAfter: Number.NaN }, 0)).toBe(false)
    expect(contains({ notBefore: Number.NaN, notAfter: 0 }, 0)).toBe(false)
    expect(contains(interval, Number.NaN)).toBe(false)
    // @ts-expect-error: hosts without types may pass anything
    expect(contains({ notBefore: null, notAfter: "3000" }, 1)).toBe(false)
  })

  it("says on which side of an interval it lies", () => {
    const interval = { notBefore: 1000, notAfter: 3000 }
    expect(leafOutOfTime(interval, 0)).toMatchObject({ reason: "auth.cert_not_yet_valid" })
    expect(leafOutOfTime(interval, 4)).toMatchObject({ reason: "auth.cert_expired" })
    expect(leafOutOfTime(undefined, 0)).toMatchObject({ reason: "auth.cert_expired" })
    expect(pathOutOfTime(interval, 0)).toEqual({
      reason: "auth.cert_not_yet_valid",
      detail: "path",
    })
    expect(pathOutOfTime(interval, 4)).toEqual({ reason: "auth.cert_expired", detail: "path" })
  })

  it("that is no number puts nothing before its time: NaN reads as expired", () => {
    const interval = { notBefore: 1000, notAfter: 3000 }
    expect(leafOutOfTime(interval, Number.NaN).reason).toBe("auth.cert_expired")
    expect(leafOutOfTime({ notBefore: 0, notAfter: 0 }, 0).reason).toBe("auth.cert_expired")
    expect(pathOutOfTime({ notBefore: 0, notAfter: 0 }, 0).reason).toBe("auth.cert_expired")
  })
})
