import { describe, expect, it } from "vitest"
import {
  type Code,
  codes,
  judge,
  modelReasons,
  NOT_ASKED,
  traced,
  verdictOf,
} from "../src/model/index.ts"
import { bestPath, isRevoked } from "../src/model/leaf.ts"
import { look, outcome, table } from "../src/model/table.ts"
import type { policyClasses } from "../src/states/dimensions.ts"
import {
  credentials,
  kinds,
  list,
  path,
  peer,
  policies,
  record,
  token,
  unknownToken,
  withoutPeer,
} from "../src/states/parts.ts"
import { productNamed, productNames } from "../src/states/products.ts"
import type { ConnectionState, CredentialState, PolicyState } from "../src/states/state.ts"
import { type State, sizeOf, stateAt } from "../src/states.ts"

describe("a table", () => {
  const columns = { colour: ["red", "blue"], size: ["small", "large"] } as const
  const outcomes = ["yes", "no"] as const

  it("answers with the first row that matches", () => {
    const made = table("t", columns, outcomes, [
      { cite: "1", when: { colour: "red", size: "large" }, gives: "no" },
      { cite: "2", when: { colour: ["red", "blue"] }, gives: "yes" },
    ])
    const answers = [0, 1].map((colour) => [0, 1].map((size) => look(made, colour, size)))
    expect(answers).toEqual([
      [1, 0],
      [1, 1],
    ])
    expect(outcome(made, 0)).toBe(1)
  })

  it("must answer every combination", () => {
    const rows = [{ cite: "1", when: { colour: "red" }, gives: "yes" }] as const
    expect(() => table("t", columns, outcomes, rows)).toThrow(
      "t: no row for colour blue, size small",
    )
  })

  it("must not hold a row that never comes first", () => {
    const rows = [
      { cite: "all", when: {}, gives: "yes" },
      { cite: "late", when: { colour: "red" }, gives: "no" },
    ] as const
    expect(() => table("t", columns, outcomes, rows)).toThrow('the row "late" never comes first')
  })

  it("knows no class beyond its own", () => {
    const made = table("t", columns, outcomes, [{ cite: "all", when: {}, gives: "yes" }])
    expect(() => look(made, 7)).toThrow(RangeError)
    expect(() => outcome(made, 7)).toThrow(RangeError)
  })
})

describe("the model's tables", () => {
  const { rows, verdicts } = sampled()

  it.each(traced.map((one, at) => [one.name, at] as const))("reach every row of `%s`", (_, at) => {
    const unreached = traced[at]?.rows.filter((_, row) => !rows[at]?.has(row))
    expect(unreached?.map(({ cite }) => cite)).toEqual([])
  })

  it("reach every reason", () => {
    const given = new Set(
      [...verdicts].map(verdictOf).map((one) => one?._tag === "Deny" && one.reason),
    )
    expect(modelReasons.filter((reason) => !given.has(reason))).toEqual([])
  })

  it("name a session and a rule in every Allow", () => {
    const allowed = [...verdicts].map(verdictOf).filter((one) => one?._tag === "Allow")
    expect(new Set(allowed.map((one) => one?._tag === "Allow" && one.session))).toEqual(
      new Set(["none", "token", "certificate", "jwt"]),
    )
    expect(verdicts.has(codes)).toBe(false)
    expect(verdictOf(codes)).toBeUndefined()
  })
})

/** Every row and code that some state reaches, over a regular sample of all products. */
function sampled(): { rows: Set<number>[]; verdicts: Set<Code> } {
  const rows = traced.map(() => new Set<number>())
  const verdicts = new Set<Code>()
  const trace = new Uint8Array(traced.length)
  for (const name of productNames.filter((one) => one !== "far")) {
    const product = productNamed(name)
    const step = Math.max(1, Math.floor(sizeOf(product) / 200_003))
    for (let index = 0; index < sizeOf(product); index += step) {
      verdicts.add(judge(stateAt(product, index), trace))
      for (const [at, row] of trace.entries()) if (row !== NOT_ASKED) rows[at]?.add(row)
    }
  }
  return { rows, verdicts }
}

describe("of several paths", () => {
  it("the one that ends last is reported", () => {
    const early = path("ours", "before", "good")
    const late = path("ours", "after", "good")
    expect(bestPath([early, late])).toBe(bestPath([early]))
    expect(bestPath([late, early])).toBe(bestPath([early]))
    expect(bestPath([late])).not.toBe(bestPath([early]))
  })

  it("one revoked path revokes the leaf, whatever its anchor", () => {
    const good = path("ours", "inside", "good")
    expect(isRevoked(0, [good])).toBe(0)
    expect(isRevoked(0, [good, path("foreign", "after", "revoked, stale")])).toBe(1)
    expect(isRevoked(1, [good])).toBe(1)
  })
})

describe("the model says, as the published decision does, that", () => {
  const valid = peer("inside")
  const plain = withoutPeer[0]
  const mine = record({ certificate: "L enrolled" })
  const computable = record({ certificate: "L enrolled", secret: "no" })
  const bound = token(record({ bindings: "L" }))

  it.each<[string, State, string]>([
    [
      "a certificate and nothing else enters a dynamic API",
      state(dynamic(), valid, credentials({ holder: "enrolled", another: mine })),
      "Allow certificate certificate",
    ],
    [
      "a token of public data is unknown on the dynamic API without its certificate",
      state(dynamic(), plain, credentials({ authToken: token(computable) })),
      "auth.cert_required",
    ],
    [
      "a token of public data is unknown on a plain token API",
      state(simple("authToken"), plain, credentials({ authToken: token(computable) })),
      "auth.key_not_found",
    ],
    [
      "beside its certificate the same token is known",
      state(
        simple("authToken"),
        valid,
        credentials({ authToken: token(computable), holder: "enrolled" }),
      ),
      "Allow token certificate",
    ],
    [
      "the flag reopens an API to the token alone",
      state(
        { ...simple("authToken"), tokenAuth: 1 },
        plain,
        credentials({ authToken: token(computable) }),
      ),
      "Allow token none",
    ],
    [
      "a stolen bound token is worth nothing without the certificate, on any API",
      state(simple("authToken"), plain, credentials({ authToken: bound })),
      "auth.cert_mismatch",
    ],
    [
      "a stolen bound token is worth nothing beside another listed certificate",
      state(
        { ...simple("authToken"), ...list("listed", "off") },
        valid,
        credentials({ authToken: token(record({ bindings: "other" })), holder: "enrolled" }),
      ),
      "auth.cert_mismatch",
    ],
    [
      "binding does not replace the allow list",
      state(
        { ...simple("authToken"), ...list("unlisted", "off") },
        valid,
        credentials({ authToken: bound, holder: "enrolled" }),
      ),
      "mtls.cert_not_allowed",
    ],
    [
      "the flag lets it",
      state(
        { ...simple("authToken"), ...list("unlisted", "off"), boundList: 1 },
        valid,
        credentials({ authToken: bound, holder: "enrolled" }),
      ),
      "Allow token binding",
    ],
    [
      "a revoked leaf is refused where it is bound, with the list's answer",
      state(
        { ...simple("authToken"), ...list("unlisted", "soft"), boundList: 1 },
        peer("inside", [path("ours", "inside", "revoked")]),
        credentials({ authToken: bound, holder: "enrolled" }),
      ),
      "mtls.cert_revoked",
    ],
    [
      "a pinned leaf that is revoked is refused",
      state(
        { ...simple("keyless"), ...list("listed", "soft") },
        peer("inside", [path("foreign", "inside", "revoked")]),
        credentials({}),
      ),
      "mtls.cert_revoked",
    ],
    [
      "an unknown status is refused under hard",
      state(
        { ...simple("keyless"), ...list("unlisted", "hard") },
        peer("inside", [path("ours", "inside", "stale")]),
        credentials({}),
      ),
      "mtls.revocation_unknown",
    ],
    [
      "a leaf's own time is reported before a path's",
      state(
        { ...simple("keyless"), ...list("unlisted", "hard") },
        peer("before", [path("ours", "after", "good")]),
        credentials({}),
      ),
      "auth.cert_not_yet_valid",
    ],
    [
      "a token of another organisation is unknown",
      state(
        simple("authToken"),
        plain,
        credentials({ authToken: token(record({ org: "other" })) }),
      ),
      "auth.key_not_found",
    ],
    [
      "a token that disagrees with the certificate is a mismatch",
      state(
        dynamic(),
        valid,
        credentials({ authToken: token(mine), holder: "enrolled", another: mine }),
      ),
      "auth.cert_mismatch",
    ],
    [
      "an unknown token is never overlooked beside a good certificate",
      state(
        dynamic(),
        valid,
        credentials({ authToken: unknownToken(), holder: "enrolled", another: mine }),
      ),
      "auth.key_not_found",
    ],
    [
      "alternatives without a group are a fault",
      state({ ...simple("alternatives"), groups: [] }, plain, credentials({})),
      "guard.fault",
    ],
  ])("%s", (_, state, expected) => {
    expect(inWords(judge(state, new Uint8Array(traced.length)))).toBe(expected)
  })
})

function simple(kind: (typeof policyClasses.identity)[number]): PolicyState {
  const [policy] = policies({
    lists: [list("off", "off")],
    identities: kinds(kind),
    tokenAuth: [0],
    binding: [0],
    boundList: [0],
  })
  if (policy === undefined) throw new Error("no policy")
  return policy
}

function dynamic(): PolicyState {
  return simple("dynamic")
}

function state(
  policy: PolicyState,
  connection: ConnectionState | undefined,
  credentials: CredentialState,
): State {
  if (connection === undefined) throw new Error("no connection")
  return { policy, connection, credentials }
}

function inWords(code: Code): string {
  const verdict = verdictOf(code)
  if (verdict === undefined) return "nothing"
  return verdict._tag === "Deny" ? verdict.reason : `Allow ${verdict.session} ${verdict.leafRule}`
}
