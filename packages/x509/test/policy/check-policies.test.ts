import {
  type Authority,
  certificatePolicies,
  createAuthority,
  type Extension,
  type Issued,
  inhibitAnyPolicy,
  policyConstraints,
  policyMappings,
} from "@countersign/pki"
import { beforeAll, describe, expect, it } from "vitest"
import type { PolicyInputs } from "../../src/path/options.ts"
import { failureTag, outcome, prove } from "../fixtures/prove.ts"

const A = "1.2.3.1"
const B = "1.2.3.2"
const C = "1.2.3.3"

let root: Authority

beforeAll(async () => {
  root = await createAuthority({ name: "root" })
})

type Layer = readonly Extension[]

/** Issues one certificate for each layer, the last one a leaf; "self" repeats the name above. */
async function chain(...layers: readonly (Layer | "self")[]): Promise<readonly Issued[]> {
  const chained: Authority[] = []
  let name = "root"
  const names = new Map<Authority, string>([[root, name]])
  for (const [i, layer] of layers.slice(0, -1).entries()) {
    const issuer = chained.at(-1) ?? root
    name = layer === "self" ? (names.get(issuer) ?? "") : `authority ${i}`
    const extensions = layer === "self" ? [certificatePolicies(["any"])] : layer
    const issued = await issuer.issueAuthority({ name, extensions })
    names.set(issued, name)
    chained.push(issued)
  }
  const last = layers.at(-1)
  const extensions = last === undefined || last === "self" ? [] : last
  const leaf = await (chained.at(-1) ?? root).issue({ name: "leaf", extensions })
  return [leaf, ...chained.toReversed()]
}

async function tagOf(
  layers: readonly (Layer | "self")[],
  policies: Partial<PolicyInputs> = {},
): Promise<string> {
  const [leaf, ...extras] = await chain(...layers)
  if (leaf === undefined) throw new Error("no leaf")
  return failureTag({ leaf, extras, anchors: [root] }, { policies })
}

const policies = (...list: string[]): Extension => certificatePolicies(list)
const required: Partial<PolicyInputs> = { requireExplicit: true }
const only = (...list: string[]): Partial<PolicyInputs> => ({
  requireExplicit: true,
  acceptable: new Set(list),
})

describe("certificate policies", () => {
  const cases: readonly (readonly [
    string,
    readonly (Layer | "self")[],
    Partial<PolicyInputs>,
    boolean,
  ])[] = [
    ["nobody asks for one", [[], []], {}, true],
    ["one is required and none is given", [[], []], required, false],
    ["one is given all the way", [[policies(A)], [policies(A)]], required, true],
    ["one is given, and another is acceptable", [[policies(A)], [policies(A)]], only(B), false],
    ["one of several is acceptable", [[policies(A, B)], [policies(A, B)]], only(B), true],
    ["nothing is acceptable", [[policies(A)], [policies(A)]], only(), false],
    ["the leaf has another one", [[policies(A)], [policies(B)]], required, false],
    [
      "the leaf has another one than what is acceptable",
      [[policies(A)], [policies(B)]],
      only(A),
      false,
    ],
    [
      "an acceptable set without requirement",
      [[policies(A)], [policies(A)]],
      { acceptable: new Set([B]) },
      true,
    ],
    ["one link has none", [[policies(A)], [], [policies(A)]], required, false],
    ["any above one", [[policies("any")], [policies(A)]], only(A), true],
    ["one above any", [[policies(A)], [policies("any")]], only(A), true],
    ["one above any, another acceptable", [[policies(A)], [policies("any")]], only(B), false],
    ["any all the way", [[policies("any")], [policies("any")]], only(C), true],
    [
      "any all the way, but inhibited from the start",
      [[policies("any")], [policies("any")]],
      { ...required, inhibitAny: true },
      false,
    ],
    [
      "any at a self-issued intermediate while inhibited",
      [[policies(A)], "self", [policies(A)]],
      { ...required, inhibitAny: true },
      true,
    ],
    [
      "any inhibited by a certificate above",
      [[policies("any"), inhibitAnyPolicy(0)], [policies("any")]],
      required,
      false,
    ],
    [
      "any inhibited one further down",
      [[policies("any"), inhibitAnyPolicy(1)], [policies("any")], [policies("any")]],
      required,
      false,
    ],
    [
      "any inhibited only beyond the leaf",
      [[policies("any"), inhibitAnyPolicy(1)], [policies("any")]],
      required,
      true,
    ],
    [
      "a self-issued certificate does not use up the count",
      [[policies("any"), inhibitAnyPolicy(1)], "self", [policies("any")]],
      required,
      true,
    ],
    [
      "required by the first authority at once",
      [[policyConstraints({ requireExplicitPolicy: 0 })], []],
      {},
      false,
    ],
    [
      "required by the first authority after one",
      [[policyConstraints({ requireExplicitPolicy: 1 })], [], []],
      {},
      false,
    ],
    [
      "required only beyond the leaf",
      [[policyConstraints({ requireExplicitPolicy: 2 })], []],
      {},
      true,
    ],
    [
      "required by the leaf for itself",
      [[], [policyConstraints({ requireExplicitPolicy: 0 })]],
      {},
      false,
    ],
    [
      "required by the leaf for itself and given",
      [[policies(A)], [policies(A), policyConstraints({ requireExplicitPolicy: 0 })]],
      {},
      true,
    ],
    ["a mapping", [[policies(A), policyMappings([[A, B]])], [policies(B)]], only(A), true],
    [
      "a mapping does not make the subject's policy the anchor's",
      [[policies(A), policyMappings([[A, B]])], [policies(B)]],
      only(B),
      false,
    ],
    [
      "a mapped policy no longer continues by itself",
      [[policies(A), policyMappings([[A, B]])], [policies(A)]],
      required,
      false,
    ],
    [
      "a mapping of a policy that is not there",
      [[policies(A), policyMappings([[C, B]])], [policies(B)]],
      required,
      false,
    ],
    [
      "a mapping out of any",
      [[policies("any"), policyMappings([[A, B]])], [policies(B)]],
      only(A),
      true,
    ],
    [
      "a mapping out of any, the other acceptable",
      [[policies("any"), policyMappings([[A, B]])], [policies(B)]],
      only(B),
      false,
    ],
    [
      "two mappings to one",
      [
        [
          policies(A, C),
          policyMappings([
            [A, B],
            [C, B],
          ]),
        ],
        [policies(B)],
      ],
      only(C),
      true,
    ],
    [
      "one mapping to two",
      [
        [
          policies(A),
          policyMappings([
            [A, B],
            [A, C],
          ]),
        ],
        [policies(C)],
      ],
      only(A),
      true,
    ],
    [
      "a mapping carried through any",
      [[policies(A), policyMappings([[A, B]])], [policies("any")]],
      only(A),
      true,
    ],
    [
      "a chain of mappings",
      [
        [policies(A), policyMappings([[A, B]])],
        [policies(B), policyMappings([[B, C]])],
        [policies(C)],
      ],
      only(A),
      true,
    ],
    [
      "mapping inhibited from the start",
      [[policies(A), policyMappings([[A, B]])], [policies(B)]],
      { ...required, inhibitMapping: true },
      false,
    ],
    [
      "mapping inhibited by an authority above",
      [
        [policies(A), policyConstraints({ inhibitPolicyMapping: 0 })],
        [policies(A), policyMappings([[A, B]])],
        [policies(B)],
      ],
      required,
      false,
    ],
    [
      "mapping inhibited only further down",
      [
        [policies(A), policyConstraints({ inhibitPolicyMapping: 1 })],
        [policies(A), policyMappings([[A, B]])],
        [policies(B)],
      ],
      required,
      true,
    ],
    ["any is mapped", [[policies("any"), policyMappings([["any", B]])], [policies(B)]], {}, false],
    [
      "something is mapped to any",
      [[policies(A), policyMappings([[A, "any"]])], [policies(B)]],
      {},
      false,
    ],
  ]

  it.each(cases)("%s", async (_, layers, inputs, isProven) => {
    expect(await tagOf(layers, inputs)).toBe(isProven ? "proven" : "PolicyRefused")
  })

  it("of the anchor are not processed, its constraints are", async () => {
    const anchor = await createAuthority({ name: "other", extensions: [policies(A)] })
    const leaf = await anchor.issue({ name: "leaf", extensions: [policies(B)] })
    expect(failureTag({ leaf, anchors: [anchor] }, { policies: required })).toBe("proven")
    const demanding = await createAuthority({
      name: "demanding",
      extensions: [policyConstraints({ requireExplicitPolicy: 0 })],
    })
    const bare = await demanding.issue({ name: "leaf" })
    expect(outcome({ leaf: bare, anchors: [demanding] })).toBe(
      "CN=leaf: a policy is required, and none is left",
    )
  })

  it("constraints that others may ignore refuse the certificate", async () => {
    const loose = [
      policyConstraints({ requireExplicitPolicy: 9 }, { critical: false }),
      inhibitAnyPolicy(9, { critical: false }),
    ]
    for (const extension of loose) expect(await tagOf([[extension], []])).toBe("ExtensionRefused")
  })

  it("grow with the certificates and not with the product of their mappings", async () => {
    const many = Array.from({ length: 40 }, (_, i) => `1.2.4.${i}`)
    const all = many.flatMap((from) => many.map((to) => [from, to] as const))
    const layer = [certificatePolicies(many), policyMappings(all)]
    const layers = [layer, layer, layer, layer, layer, layer, [certificatePolicies(many)]]
    const [leaf, ...extras] = await chain(...layers)
    if (leaf === undefined) throw new Error("no leaf")
    const { failure, spent } = prove({ leaf, extras, anchors: [root] }, { policies: required })
    expect(failure).toBeUndefined()
    expect(spent.comparisons).toBeLessThan(50_000)
  })
})
