import { preparsePolicySet, statefulIsAuthorized } from "@cedar-policy/cedar-wasm/nodejs"

/**
 * One policy, parsed before; every call carries its context as JSON over the border to WebAssembly.
 *
 * @param {import("./rule.js").Rule} rule
 * @returns {import("./rule.js").Peer}
 */
export function createCedar({ api, org, leaves }) {
  const preparsedPolicySetId = "countersign"
  const staticPolicies = `permit(principal, action == Action::"call", resource == Api::${text(api)}) when {
    context.tls && context.hostAgrees &&
    [${leaves.map(text).join(", ")}].contains(context.leaf) &&
    context.notBefore <= context.now && context.now <= context.notAfter &&
    context.bindings.contains(context.leaf) && context.enrolled &&
    context.org == ${text(org)} && context.active && context.now <= context.expiresAt &&
    context.apis.contains(${text(api)})
  };`
  const parsed = preparsePolicySet(preparsedPolicySetId, { staticPolicies })
  if (parsed.type !== "success") throw new Error(`cedar: ${JSON.stringify(parsed)}`)
  const shared = {
    principal: { type: "Client", id: "client" },
    action: { type: "Action", id: "call" },
    resource: { type: "Api", id: api },
    preparsedPolicySetId,
    entities: [],
  }
  return {
    name: "@cedar-policy/cedar-wasm, preparsed",
    isAsync: false,
    prepare: (facts) => {
      const call = { ...shared, context: { ...facts } }
      return () => isAllowed(statefulIsAuthorized(call))
    },
  }
}

function isAllowed(answer) {
  if (answer.type !== "success" || answer.response.diagnostics.errors.length > 0) {
    throw new Error(`cedar: ${JSON.stringify(answer)}`)
  }
  return answer.response.decision === "allow"
}

function text(value) {
  return JSON.stringify(value)
}
