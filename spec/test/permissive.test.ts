import { readdirSync, readFileSync } from "node:fs"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { judge, traced } from "../src/model/index.ts"
import { advisories } from "../src/permissive/advisories.ts"
import { evidenceNamed } from "../src/permissive/evidence.ts"
import {
  answerOf,
  answers,
  directionOf,
  evidences,
  fits,
  misreadings,
  permissive,
  weaknesses,
} from "../src/permissive/index.ts"
import {
  credentials,
  kinds,
  list,
  path,
  peer,
  policies,
  record,
  token,
  withoutPeer,
} from "../src/states/parts.ts"
import type { State } from "../src/states/state.ts"
import { productNamed, productNames, sizeOf, stateAt } from "../src/states.ts"

const strict = (state: State) => judge(state, new Uint8Array(traced.length))
const products = productNames.filter((name) => name !== "far").map(productNamed)
const anyState = fc
  .constantFrom(...products)
  .chain((product) => fc.nat(sizeOf(product) - 1).map((index) => stateAt(product, index)))

describe("the permissive model", () => {
  it("is the strict model where no class is switched on", () => {
    const none = permissive([])
    fc.assert(
      fc.property(anyState, (state) => {
        expect(none(state)).toEqual({ code: strict(state), taken: state })
      }),
      { numRuns: 300 },
    )
  })

  it("has a weakness for every class of advisories that a state can show", () => {
    expect(
      Object.keys(advisories).filter((one) => !(weaknesses as string[]).includes(one)),
    ).toEqual([])
    for (const one of weaknesses) expect(misreadings.some((row) => row.class === one)).toBe(true)
  })

  it("reads the strict answer where a class does not speak of the state", () => {
    const hosts = permissive(["host-and-server-name"])
    fc.assert(
      fc.property(anyState, (state) => {
        fc.pre(state.connection.host === 0)
        expect(hosts(state).code).toBe(strict(state))
      }),
      { numRuns: 300 },
    )
  })

  it("takes what was shown beside a state for nothing, unless a class says so", () => {
    const one = stateOf({ connection: peer("inside") })
    evidences.forEach((_, evidence) => {
      expect(permissive(["token-alone"])(one, evidence).code).toBe(strict(one))
    })
  })
})

describe("a class switched on alone", () => {
  const [chained, foreign] = [path("ours", "inside", "good"), path("foreign", "inside", "good")]
  const opened: readonly (readonly [
    (typeof weaknesses)[number],
    Partial<Parameters<typeof stateOf>[0]>,
    (typeof evidences)[number]["name"]?,
  ])[] = [
    ["any-presented-certificate", { list: "unlisted" }, "the other certificate, sent after L"],
    ["any-presented-certificate", { list: "unlisted" }, "an authority's certificate, sent after L"],
    ["forged-header", { list: "unlisted" }, "a header that carries the other certificate"],
    ["identity-from-unproven-name", { list: "unlisted" }, "the other certificate's name, in L"],
    ["purpose-ignored", { list: "unlisted" }, "a chain for servers alone"],
    ["chain-not-verified", { list: "unlisted" }, "a chain whose signatures fail"],
    ["chain-not-verified", { list: "unlisted", connection: peer("inside", [foreign]) }],
    ["validity-ignored", { list: "listed", connection: peer("before") }],
    ["validity-ignored", { list: "listed", connection: peer("after") }],
    ["truthy-allows", { list: "listed", connection: peer("NaN notAfter") }],
    ["no-anchors-any-certificate", { list: "empty" }],
    ["configuration-error-opens", { list: "empty" }],
    [
      "host-and-server-name",
      { list: "listed", connection: peer("inside", [chained], "disagrees") },
    ],
    ["no-tls-skips-requirement", { list: "listed", connection: bareOr("plain") }],
    ["required-acted-as-optional", { list: "listed", connection: bareOr("bare") }],
    ["token-alone", { kind: "dynamic", token: record(), connection: bareOr("bare") }],
    ["token-of-public-data", { kind: "authToken", token: record({ secret: "no" }) }],
    ["organisations-mixed", { kind: "authToken", token: record({ org: "other" }) }],
    ["stolen-token", { kind: "authToken", token: record({ bindings: "other" }) }],
    ["binding-only-with-allow-list", { kind: "authToken", token: record({ bindings: "other" }) }],
    ["unreadable-binds-to-nothing", { kind: "authToken", token: record({ bindings: "empty" }) }],
    ["empty-rule-allows", { kind: "authToken", token: record({ apis: "empty" }) }],
  ]

  const names = opened.map(([one, , shown], place) => ({ place, name: [one, shown].join(" ") }))

  it.each(names)("opens what the strict model keeps shut: $name", ({ place }) => {
    const [one, parts, shown] = opened[place] ?? ["token-alone", {}]
    const state = stateOf(parts)
    const evidence = shown === undefined ? 0 : evidenceNamed(shown)
    expect(fits(evidence, state.connection)).toBe(true)
    const { code, taken } = permissive([one])(state, evidence)
    const [ours, theirs] = [strict(state), code].map((each) => answerOf(each, taken.credentials))
    expect(directionOf(ours ?? -1, theirs ?? -1), answers[ours ?? -1]?.reason).toBe("opens")
  })
})

describe("the boundary", () => {
  it("is kept: no package, adapter or bench imports the suite, and so none the permissive model", () => {
    const root = new URL("../../", import.meta.url)
    const found = ["packages", "adapters", "bench"].flatMap((folder) =>
      sources(new URL(`${folder}/`, root)).filter((file) =>
        /@countersign\/spec|\/spec\/|permissive\//.test(imports(readFileSync(file, "utf8"))),
      ),
    )
    expect(found.map(String)).toEqual([])
  })

  it("is one that is noticed when it is crossed", () => {
    expect(imports('import { a } from "@countersign/spec"\nconst b = 1')).toContain("spec")
    expect(imports('const b = await import("../../spec/src/index.ts")')).toContain("/spec/")
    expect(imports("// see spec/src/permissive/\nconst b = 1")).toBe("")
  })
})

/** What a text imports, statically or not. */
function imports(text: string): string {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*["']([^"']+)["']/g)]
    .map(([, name]) => name)
    .join("\n")
}

function sources(folder: URL): URL[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "node_modules" || entry.name === "dist" || entry.name === "test") return []
    const at = new URL(entry.isDirectory() ? `${entry.name}/` : entry.name, folder)
    if (entry.isDirectory()) return sources(at)
    return /\.[cm]?[jt]s$/.test(entry.name) ? [at] : []
  })
}

function bareOr(transport: "plain" | "bare"): State["connection"] {
  const found = withoutPeer[transport === "plain" ? 0 : 2]
  if (found === undefined) throw new RangeError(transport)
  return found
}

function stateOf(parts: {
  readonly list?: "off" | "empty" | "unlisted" | "listed"
  readonly kind?: "keyless" | "authToken" | "dynamic"
  readonly connection?: State["connection"]
  readonly token?: State["credentials"]["holderSession"]
}): State {
  const { list: what = "off", kind = "keyless", connection = peer("inside") } = parts
  const [policy] = policies({
    lists: [list(what, "off")],
    identities: kinds(kind),
    tokenAuth: [0],
    binding: [0],
    boundList: [0],
  })
  if (policy === undefined) throw new RangeError("no policy")
  const shown = parts.token === undefined ? {} : { authToken: token(parts.token) }
  return { policy, connection, credentials: credentials({ ...shown, holder: "enrolled" }) }
}
