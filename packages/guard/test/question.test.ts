import { fingerprint, type PolicyInput, policy } from "@countersign/engine"
import { describe, expect, it } from "vitest"
import { Connection } from "../src/index.ts"
import { noToken, PresentedToken } from "../src/presented-token.ts"
import { isDynamic, questionOf } from "../src/question.ts"
import { api, orgId, plain } from "./fixture.ts"

const keys = { hashKeyFunction: "", minTokenLength: 0 }
const token = new PresentedToken("secret")
const spellings = [`${orgId}secret`, "secret"]
const nothing = { token: [], certificate: [], enrolment: [], asksForNamed: false }
const noEvidence = { paths: [], revoked: false, failure: undefined }

const certified = new Connection({
  encrypted: true,
  serverName: undefined,
  chain: [Uint8Array.of(1)],
})
const hex = certified.leaf?.hex ?? ""
const id = `${orgId}${hex}`

const text = { _tag: "authToken", certificate: false } as const
const either = { _tag: "authToken", certificate: true } as const
const jwt = { _tag: "jwt" } as const

interface Given extends Partial<Omit<PolicyInput, "apiId" | "orgId">> {
  readonly connection?: Connection
  readonly hostAgrees?: boolean
  readonly hasPath?: boolean
}

function asked({ connection = plain, hostAgrees = true, hasPath = false, ...rest }: Given) {
  const path = {
    anchor: fingerprint("ab".repeat(32)),
    notBefore: 0,
    notAfter: 1,
    revocation: { status: "unknown", freshUntil: 0 },
  } as const
  const evidence = { ...noEvidence, paths: hasPath ? [path] : [] }
  const one = { policy: policy(api("a", rest)), token: "none" } as const
  return questionOf(one, keys, connection, hostAgrees, evidence, token)
}

describe("what is asked of the stores", () => {
  it("is the token's session, and for a certificate whether it is enrolled", () => {
    expect(asked({})).toStrictEqual({ ...nothing, token: spellings })
    expect(asked({ connection: certified })).toStrictEqual({
      ...nothing,
      token: spellings,
      enrolment: [id],
    })
  })

  it("is the certificate's session too where it may identify", () => {
    expect(asked({ identity: either, connection: certified })).toStrictEqual({
      token: spellings,
      certificate: [id],
      enrolment: [id],
      asksForNamed: false,
    })
  })

  it("is the certificate that the session names where a token may stand for it", () => {
    const flags = { allowDynamicMtlsTokenAuth: true }
    expect(asked({ identity: either, flags })).toStrictEqual({
      ...nothing,
      token: spellings,
      asksForNamed: true,
    })
    expect(asked({ identity: either })).toMatchObject({ asksForNamed: false })
    expect(asked({ identity: text, flags })).toMatchObject({ asksForNamed: false })
    expect(asked({ identity: either, flags, connection: certified })).toMatchObject({
      asksForNamed: false,
    })
  })

  it("is nothing where nobody is identified", () => {
    expect(asked({ identity: { _tag: "keyless" }, connection: certified })).toStrictEqual(nothing)
  })
})

describe("an allow list", () => {
  const staticMtls = { leaves: [], anchors: [] }
  const whole = { ...nothing, token: spellings, enrolment: [id] }

  it("that refuses already leaves nothing to ask", () => {
    for (const given of [
      {},
      { connection: certified },
      { connection: certified, hasPath: true, hostAgrees: false },
    ]) {
      expect(asked({ staticMtls, ...given })).toStrictEqual(nothing)
    }
    const listed = { leaves: [hex], anchors: [] }
    const misdirected = { connection: certified, hostAgrees: false }
    expect(asked({ staticMtls: listed, ...misdirected })).toStrictEqual(nothing)
  })

  it("that may admit leaves everything to ask", () => {
    const listed = { leaves: [hex], anchors: [] }
    expect(asked({ staticMtls: listed, connection: certified })).toStrictEqual(whole)
    expect(asked({ staticMtls, connection: certified, hasPath: true })).toStrictEqual(whole)
    const both = { staticMtls: listed, connection: certified, hasPath: true }
    expect(asked(both)).toStrictEqual(whole)
  })

  it("that a binding may satisfy leaves everything to ask for a certificate alone", () => {
    const flags = { boundCertificateSatisfiesAllowList: true }
    expect(asked({ staticMtls, flags, connection: certified })).toStrictEqual(whole)
    expect(asked({ staticMtls, flags })).toStrictEqual(nothing)
    const misdirected = { connection: certified, hostAgrees: false }
    expect(asked({ staticMtls, flags, ...misdirected })).toStrictEqual(nothing)
  })

  it("that is off lets the stores be asked, whatever the host", () => {
    expect(asked({ connection: certified, hostAgrees: false })).toStrictEqual(whole)
  })
})

describe("a certificate may identify the session", () => {
  const groups = (...given: (typeof text | typeof either | typeof jwt)[][]) =>
    ({ _tag: "alternatives", groups: given }) as const
  const rows: readonly (readonly [PolicyInput["identity"], boolean])[] = [
    [{ _tag: "keyless" }, false],
    [text, false],
    [jwt, false],
    [either, true],
    [groups([text], [jwt]), false],
    [groups([text], [either]), true],
    [groups([jwt, either], [text]), true],
  ]
  it.each(rows)("%j: %s", (identity, expected) => {
    expect(isDynamic(policy(api("a", { identity })))).toBe(expected)
  })
})

it("asks for no session where no token was presented", () => {
  const one = { policy: policy(api("a")), token: "none" } as const
  expect(questionOf(one, keys, plain, true, noEvidence, noToken)).toStrictEqual(nothing)
})
