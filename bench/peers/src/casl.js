import { createMongoAbility, subject } from "@casl/ability"

/**
 * One ability for each session, built before. Its conditions compare a fact with constants, so
 * differences of instants come ready, and the leaf stands in two fields: one for the allow list,
 * one for the bindings.
 *
 * @param {import("./rule.js").Rule} rule
 * @returns {import("./rule.js").Peer}
 */
export function createCasl({ api, org, leaves }) {
  return {
    name: "@casl/ability",
    isAsync: false,
    prepare: ({ bindings, ...facts }) => {
      const conditions = {
        tls: true,
        hostAgrees: true,
        leaf: { $in: leaves },
        bound: { $in: bindings },
        sinceNotBefore: { $gte: 0 },
        untilNotAfter: { $gte: 0 },
        enrolled: true,
        org,
        active: true,
        untilExpiry: { $gte: 0 },
        apis: { $all: [api] },
      }
      const ability = createMongoAbility([{ action: "call", subject: "Api", conditions }])
      const request = subject("Api", { ...facts, bound: facts.leaf })
      return () => ability.can("call", request)
    },
  }
}
