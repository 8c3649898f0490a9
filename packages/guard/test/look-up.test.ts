import { describe, expect, it } from "vitest"
import { storedSession } from "../src/index.ts"
import { lookUp } from "../src/look-up.ts"
import type { Question } from "../src/question.ts"
import type { StoredSession } from "../src/stored-session.ts"
import { session } from "./fixture.ts"

const digest = "ab".repeat(32)
const [one, other] = [storedSession(session("one")), storedSession(session("other"))]
const naming = storedSession(session("naming", { certificate: digest }))

const nothing: Question = { token: [], certificate: [], enrolment: [], asksForNamed: false }

/** Stores that write down what they are asked. */
function storesOf(found: Record<string, StoredSession>, enrolled: readonly string[] = []) {
  const asked: (readonly string[])[] = []
  return {
    asked,
    sessions: (keys: readonly string[]) => {
      asked.push(keys)
      return keys.map((key) => found[key])
    },
    certificates: (ids: readonly string[]) => {
      asked.push(ids)
      return ids.map((id) => enrolled.includes(id))
    },
  }
}

const silence = {
  token: undefined,
  certificate: undefined,
  enrolled: false,
  namedEnrolled: false,
}

describe("the stores", () => {
  it("are not asked where there is no question", () => {
    const stores = storesOf({})
    const answers = lookUp(nothing, stores)
    expect(answers).toStrictEqual(silence)
    expect(lookUp(nothing, stores)).toBe(answers)
    expect(stores.asked).toEqual([])
  })

  it("are asked for sessions alone where no certificate was presented", () => {
    const stores = storesOf({ two: one, three: other })
    const question = { ...nothing, token: ["one", "two", "three"] }
    expect(lookUp(question, stores)).toStrictEqual({ ...silence, token: one })
    expect(stores.asked).toEqual([question.token])
    expect(stores.asked[0]).toBe(question.token)
  })

  it("are asked for the certificate alone where no session could matter", () => {
    const stores = storesOf({}, ["id"])
    const question = { ...nothing, enrolment: ["id"] }
    expect(lookUp(question, stores)).toStrictEqual({ ...silence, enrolled: true })
    expect(stores.asked).toEqual([["id"]])
    expect(lookUp(question, storesOf({}))).toStrictEqual(silence)
  })

  it("are asked for the token's and the certificate's session in one batch", () => {
    const stores = storesOf({ t: one, c: other }, ["id"])
    const question = { ...nothing, token: ["t"], certificate: ["b", "c"], enrolment: ["id"] }
    expect(lookUp(question, stores)).toStrictEqual({
      token: one,
      certificate: other,
      enrolled: true,
      namedEnrolled: false,
    })
    expect(stores.asked).toEqual([["t", "b", "c"], ["id"]])
  })

  it("never take the certificate's session for the token's", () => {
    const question = { ...nothing, token: ["t"], certificate: ["c"], enrolment: ["id"] }
    expect(lookUp(question, storesOf({ c: other }))).toStrictEqual({
      ...silence,
      certificate: other,
    })
  })

  it("may answer one later than the other", async () => {
    const stores = storesOf({ t: one }, ["id"])
    const question = { ...nothing, token: ["t"], enrolment: ["id"] }
    const late = { ...stores, sessions: async (keys: readonly string[]) => stores.sessions(keys) }
    const later = {
      ...stores,
      certificates: async (ids: readonly string[]) => stores.certificates(ids),
    }
    for (const either of [late, later]) {
      expect(await lookUp(question, either)).toStrictEqual({
        ...silence,
        token: one,
        enrolled: true,
      })
    }
  })

  it.each([
    ["too few sessions", [], [true]],
    ["too many sessions", [one, one], [true]],
    ["no word on the certificate", [one], []],
    ["two words on one certificate", [one], [true, true]],
  ])("are at fault with %s", (_name, found, stored) => {
    const stores = { sessions: () => found, certificates: () => stored }
    const question = { ...nothing, token: ["t"], enrolment: ["id"] }
    expect(() => lookUp(question, stores)).toThrow("a store must answer every key, in order")
  })

  it("take no other word than true for enrolled", () => {
    const stores = { sessions: () => [], certificates: () => ["yes"] as never }
    expect(lookUp({ ...nothing, enrolment: ["id"] }, stores)).toStrictEqual(silence)
  })
})

describe("the certificate that the token's session names", () => {
  const question = { ...nothing, token: ["t"], asksForNamed: true }
  const id = `acme${digest}`

  it("is asked for where it matters, in the session's organisation", () => {
    const stores = storesOf({ t: naming }, [id])
    expect(lookUp(question, stores)).toStrictEqual({
      ...silence,
      token: naming,
      namedEnrolled: true,
    })
    expect(stores.asked).toEqual([["t"], [id]])
    expect(lookUp(question, storesOf({ t: naming }))).toStrictEqual({ ...silence, token: naming })
  })

  it("may be answered later", async () => {
    const stores = { ...storesOf({ t: naming }), certificates: async () => [true] }
    expect(await lookUp(question, stores)).toMatchObject({ namedEnrolled: true })
  })

  it("is enrolled by no other word than true", () => {
    const stores = { ...storesOf({ t: naming }), certificates: () => [1] as never }
    expect(lookUp(question, stores)).toMatchObject({ namedEnrolled: false })
  })

  it("is not asked for where it does not matter, or there is none", () => {
    const unreadable = storedSession(session("x", { certificate: "unreadable" }))
    for (const [asksForNamed, found] of [
      [false, { t: naming }],
      [true, {}],
      [true, { t: one }],
      [true, { t: unreadable }],
    ] as const) {
      const stores = storesOf(found)
      lookUp({ ...question, asksForNamed }, stores)
      expect(stores.asked).toEqual([["t"]])
    }
  })
})
