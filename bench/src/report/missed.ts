import { type GoalId, goals, isKept } from "../goals.ts"
import type { Result } from "../results/result.ts"

/** Where the time goes, for goals that are missed on the machines seen so far. */
const why: Partial<Record<GoalId, string>> = {
  "decide.unbound":
    "The ratio to the floor is kept; the floor itself, two look-ups and one comparison, takes a third of the goal here.",
  "decide.bound":
    "The ratio to the floor is kept. Ten comparisons of eight words without early exit are 80 ns of it; one list of words " +
    "for all bindings instead of one each would save 20.",
  "decide.denial":
    "The message names the certificate by 64 digits; joining them is 8 to 30 ns of a decision of 85.",
  "request.node":
    "The profile is flat: in ns of a check with prepared texts, `decide` 125, routing and reading the target 200, " +
    "in-memory stores 80, the clock 50, making the engine's request 50, the guard's own objects 110; the rest is reading " +
    "headers and collecting garbage.",
  "request.fastify.http1":
    "As for node:https, and Fastify makes an object on each access to a route's options.",
  "request.fastify.http2":
    "As for node:https, and Fastify makes an object on each access to a route's options.",
  "request.koa": "As for node:https.",
  "connection.seen.chain":
    "Node's `getPeerX509Certificate()` takes 8.5 µs for a leaf alone and 170 µs with an intermediate, and nothing else gives " +
    "the intermediate. Reading it only where the leaf is not remembered brings this to 5 %, but then a client that withholds " +
    "its intermediate is admitted or not by what was seen before; answers must not depend on that.",
  "connection.first":
    "Reading the chain from Node (170 µs) and checking two signatures (320 µs with the import of the issuer's key) are three " +
    "quarters of it; reading both certificates takes 60, searching the path 30.",
  "growth.decision":
    "One dependent read at a random place of 53 MB takes 250 to 380 ns on the machine of these results (a loop over an " +
    "`Int32Array`), and a look-up needs at least one; the list itself adds no search.",
}

/** Why each missed goal is missed, as far as it is known. */
export function missedText(results: readonly Result[]): string {
  const measured = results.flatMap((result) => Object.entries(result.measured))
  const reasons = measured.flatMap(([id, value]) => {
    const goal = goals[id as GoalId]
    const reason = why[id as GoalId]
    return isKept(goal, value) || reason === undefined ? [] : [`- ${goal.what}: ${reason}`]
  })
  return reasons.length === 0 ? "" : `\nWhy goals are missed:\n\n${reasons.join("\n")}\n`
}
