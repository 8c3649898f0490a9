import { createCasbin } from "./casbin.js"
import { createCasl } from "./casl.js"
import { createCedar } from "./cedar.js"
import { createJsonRules } from "./json-rules-engine.js"

/**
 * Every engine with the same rule.
 *
 * @param {import("./rule.js").Rule} rule
 * @returns {Promise<import("./rule.js").Peer[]>}
 */
export async function createPeers(rule) {
  return [createCasl(rule), ...(await createCasbin(rule)), createJsonRules(rule), createCedar(rule)]
}
