import { newEnforcer, newModelFromString, StringAdapter } from "casbin"

const conditions = [
  "r.facts.tls",
  "r.facts.hostAgrees",
  "r.facts.notBefore <= r.facts.now",
  "r.facts.now <= r.facts.notAfter",
  "holds(r.facts.bindings, r.facts.leaf)",
  "r.facts.enrolled",
  "r.facts.active",
  "r.facts.now <= r.facts.expiresAt",
]

/**
 * With one policy for the API, whose allow list is a function, or with one for each listed leaf.
 *
 * @param {import("./rule.js").Rule} rule
 * @returns {Promise<import("./rule.js").Peer[]>}
 */
export async function createCasbin({ api, org, leaves }) {
  const allowed = new Set(leaves)
  const one = await enforcer(
    "api, org",
    [`p, ${api}, ${org}`],
    ["r.facts.org == p.org", "holds(r.facts.apis, p.api)", "listed(r.facts.leaf)", ...conditions],
    (leaf) => allowed.has(leaf),
  )
  const many = await enforcer(
    "api, org, leaf",
    leaves.map((leaf) => `p, ${api}, ${org}, ${leaf}`),
    ["r.facts.leaf == p.leaf", "r.facts.org == p.org", "holds(r.facts.apis, p.api)", ...conditions],
    () => false,
  )
  return [
    {
      name: "casbin, sync, one policy",
      isAsync: false,
      prepare: (facts) => () => one.enforceSync(facts),
    },
    {
      name: `casbin, sync, ${leaves.length} policies`,
      isAsync: false,
      prepare: (facts) => () => many.enforceSync(facts),
    },
  ]
}

async function enforcer(definition, policies, matcher, listed) {
  const model = newModelFromString(`
[request_definition]
r = facts
[policy_definition]
p = ${definition}
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = ${matcher.join(" && ")}
`)
  const made = await newEnforcer(model, new StringAdapter(policies.join("\n")))
  await made.addFunction("holds", (list, wanted) => list.includes(wanted))
  await made.addFunction("listed", listed)
  return made
}
