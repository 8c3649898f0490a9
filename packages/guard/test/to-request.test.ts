import { policy } from "@countersign/engine"
import { createAuthority } from "@countersign/pki"
import { describe, expect, it } from "vitest"
import { Connection, storedSession } from "../src/index.ts"
import { withEnrolment } from "../src/stored-session.ts"
import { toRequest } from "../src/to-request.ts"
import { api, now, orgId, plain, session, tls } from "./fixture.ts"

const authority = await createAuthority({ name: "Root" })
const alice = await authority.issue({ name: "alice" })
const other = "cd".repeat(32)

const open = api("a")
const dynamic = api("a", { identity: { _tag: "authToken", certificate: true } })
const evidence = { paths: [], revoked: false, failure: undefined }
const answers = {
  token: undefined,
  certificate: undefined,
  enrolled: false,
  namedEnrolled: false,
}
const record = storedSession(session("key"))
const validity = tls([alice]).validity(new Map())

interface Given {
  readonly input?: typeof open
  readonly connection?: Connection
  readonly evidence?: Parameters<typeof toRequest>[3]["evidence"]
  readonly tokenPresented?: boolean
  readonly answers?: Partial<Parameters<typeof toRequest>[4]>
}

function requestOf(given: Given) {
  const known = {
    api: { policy: policy(given.input ?? open) },
    hostAgrees: true,
    evidence: given.evidence ?? evidence,
    tokenPresented: given.tokenPresented ?? false,
  }
  const connection = given.connection ?? plain
  return toRequest(new Map(), now, connection, known, { ...answers, ...given.answers })
}

describe("a request in the engine's terms", () => {
  it("holds nothing where nothing was presented", () => {
    const none = { authToken: "none", jwt: "none" }
    const facts = { now, hostAgrees: true, credentials: none }
    expect(requestOf({})).toStrictEqual({ ...facts, connection: { _tag: "plain" } })
    expect(requestOf({ connection: tls([]) })).toStrictEqual({
      ...facts,
      connection: { _tag: "tls", peer: "none" },
    })
  })

  it("knows no certificate without TLS", () => {
    const connection = new Connection({
      encrypted: false,
      serverName: undefined,
      chain: [alice.der],
    })
    const request = requestOf({ connection, answers: { enrolled: true } })
    expect(request.connection).toStrictEqual({ _tag: "plain" })
    expect(request).not.toHaveProperty("holder")
  })

  it("says what the stores hold of the leaf", () => {
    const connection = tls([alice])
    const { leaf } = connection
    const holder = (rest: Given["answers"]) => requestOf({ connection, answers: rest ?? {} }).holder
    expect(holder({})).toStrictEqual({ leaf, orgId, enrolled: false })
    expect(holder({ enrolled: true })).toStrictEqual({ leaf, orgId, enrolled: true })
    expect(holder({ enrolled: true, certificate: record })).toStrictEqual({
      leaf,
      orgId,
      enrolled: true,
      session: withEnrolment(record, true),
    })
  })

  it("has no peer where the leaf cannot be read and its time matters", () => {
    const connection = new Connection({
      encrypted: true,
      serverName: undefined,
      chain: [Uint8Array.of(48, 0)],
    })
    expect(requestOf({ connection, input: dynamic }).connection).toStrictEqual({
      _tag: "tls",
      peer: "none",
    })
  })
})

describe("a presented token", () => {
  it("that no session has is unknown, not absent", () => {
    expect(requestOf({ tokenPresented: true }).credentials).toStrictEqual({
      authToken: { confirmation: "none" },
      jwt: "none",
    })
  })

  it("brings its session", () => {
    const given = { tokenPresented: true, answers: { token: record } }
    expect(requestOf(given).credentials).toStrictEqual({
      authToken: { session: withEnrolment(record, false), confirmation: "none" },
      jwt: "none",
    })
  })

  it("brings the enrolment of the certificate that its session names, not of another", () => {
    const enrolledIn = (named: string, enrolled: boolean, namedEnrolled: boolean) => {
      const token = storedSession(session("key", { certificate: named }))
      const given = { token, enrolled, namedEnrolled }
      const { credentials } = requestOf({
        connection: tls([alice]),
        tokenPresented: true,
        answers: given,
      })
      const { authToken } = credentials
      return typeof authToken === "object" ? authToken.session?.certificate : authToken
    }
    expect(enrolledIn(alice.sha256, true, false)).toMatchObject({ enrolled: true })
    expect(enrolledIn(alice.sha256, false, true)).toMatchObject({ enrolled: false })
    expect(enrolledIn(other, true, false)).toMatchObject({ enrolled: false })
    expect(enrolledIn(other, false, true)).toMatchObject({ enrolled: true })
    expect(enrolledIn("none", true, true)).toBe("none")
    expect(enrolledIn("unreadable", true, true)).toMatchObject({ enrolled: false })
  })
})

describe("the leaf", () => {
  const peerOf = (given: Given) => {
    const { connection } = requestOf({ connection: tls([alice]), ...given })
    return connection._tag === "tls" ? connection.peer : connection._tag
  }
  const sha256 = tls([alice]).leaf
  const unread = { leaf: { sha256 }, revoked: false, paths: [] }
  const read = { leaf: { sha256, validity }, revoked: false, paths: [] }
  const withToken = (rest: Parameters<typeof session>[1], key = "key") => ({
    tokenPresented: true,
    answers: { token: storedSession(session(key, rest)) },
  })
  const listing = (leaves: readonly string[], anchors: readonly string[]) => ({
    input: api("a", { staticMtls: { leaves, anchors } }),
  })

  it("is not read where no rule asks when it is valid", () => {
    const cases: readonly Given[] = [
      {},
      withToken({}),
      withToken({ certificate: alice.sha256 }),
      listing([other], []),
    ]
    for (const given of cases) expect(peerOf(given)).toStrictEqual(unread)
  })

  it("is read where it may identify, meet a binding, chain to an authority or be listed", () => {
    const cases: readonly Given[] = [
      { input: dynamic },
      withToken({ bindings: [other] }),
      withToken({ certificate: alice.sha256 }, `${orgId}${alice.sha256}`),
      listing([], [other]),
      listing([alice.sha256], []),
    ]
    for (const given of cases) expect(peerOf(given)).toStrictEqual(read)
  })

  it("comes with what was proven of it", () => {
    const failed = { ...evidence, revoked: true, failure: "because" }
    expect(peerOf({ input: dynamic, evidence: failed })).toStrictEqual({
      ...read,
      revoked: true,
      failure: "because",
    })
    expect(peerOf({ evidence: failed })).toStrictEqual({ ...unread, revoked: true })
  })
})
