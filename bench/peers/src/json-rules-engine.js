import { Engine } from "json-rules-engine"

/**
 * One rule; its engine answers with a promise.
 *
 * @param {import("./rule.js").Rule} rule
 * @returns {import("./rule.js").Peer}
 */
export function createJsonRules({ api, org, leaves }) {
  const is = (fact, value) => ({ fact, operator: "equal", value })
  const engine = new Engine()
  engine.addRule({
    conditions: {
      all: [
        is("tls", true),
        is("hostAgrees", true),
        { fact: "leaf", operator: "in", value: [...leaves] },
        { fact: "notBefore", operator: "lessThanInclusive", value: { fact: "now" } },
        { fact: "notAfter", operator: "greaterThanInclusive", value: { fact: "now" } },
        { fact: "bindings", operator: "contains", value: { fact: "leaf" } },
        is("enrolled", true),
        is("org", org),
        is("active", true),
        { fact: "expiresAt", operator: "greaterThanInclusive", value: { fact: "now" } },
        { fact: "apis", operator: "contains", value: api },
      ],
    },
    event: { type: "allow" },
  })
  return {
    name: "json-rules-engine",
    isAsync: true,
    prepare: (facts) => async () => (await engine.run(facts)).events.length > 0,
  }
}
