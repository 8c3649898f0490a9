/** A mutant that no test can tell from the engine, and why. */
export interface Equivalent {
  readonly id: string
  readonly reason: string
}

const narrowing = "the second half only tells the compiler what the rule has found"

/** Ids as the run prints them; one that is killed after all, or that is gone, fails the run. */
export const equivalents: readonly Equivalent[] = [
  {
    id: 'explain/facts.ts | if (time === "never") return time | if never',
    reason: "`never` is no number either, and is written as it is",
  },
  {
    id: "fingerprint-set.ts | at = at + WORDS < table.length ? at + WORDS : 0 | < becomes <=",
    reason: "the place behind the table holds nothing, and the next is its beginning",
  },
  {
    id: "fingerprint.ts | for (let i = 0; i < WORDS; i++) words[i] = wordAt(hex, i * 8) | < becomes <=",
    reason: "an Int32Array ignores what is written behind its end",
  },
  {
    id: "judge.ts | if (!allowed) last = outcome | if always",
    reason: "an outcome that is allowed has been returned by the line above",
  },
  {
    id: "judge.ts | if (session === undefined) return fault | if never",
    reason: "a mechanism that refuses nothing has found a session",
  },
  {
    id: "judge.ts | if (session === undefined) return fault | returns nothing",
    reason: "a mechanism that refuses nothing has found a session",
  },
  {
    id: 'rules/admit.ts | if (!holds(trace, "admit.certificate", peer !== undefined) || peer === undefined) { | || becomes &&',
    reason: narrowing,
  },
  {
    id: "rules/admit.ts | if (!isListed && peer.paths.length === 0) return notAllowed | if never",
    reason: "a short cut: without a path and a listing, the same is found below",
  },
  {
    id: "rules/admit.ts | return b.notAfter > a.notAfter ? b : a | > becomes >=",
    reason: "paths that end together are both too early or both too late",
  },
  {
    id: 'rules/bind.ts | if (!holds(trace, "bind.certificate", leaf !== undefined, session) || leaf === undefined) { | || becomes &&',
    reason: narrowing,
  },
  {
    id: 'rules/bind.ts | if (!holds(trace, "confirm.readable", readable, session) || !readable) { | || becomes &&',
    reason: narrowing,
  },
  {
    id: 'rules/bind.ts | if (!holds(trace, "confirm.certificate", leaf !== undefined, session) || leaf === undefined) { | || becomes &&',
    reason: narrowing,
  },
  {
    id: "rules/identify.ts | if (presented && peer !== undefined) { | && becomes ||",
    reason: narrowing,
  },
  {
    id: 'rules/identify.ts | if (!holds(trace, "identify.verified", jwt !== "invalid") || jwt === "invalid") { | || becomes &&',
    reason: narrowing,
  },
  {
    id: 'rules/identify.ts | if (!holds(trace, "identify.presented", token !== "none") || token === "none") { | || becomes &&',
    reason: narrowing,
  },
  {
    id: 'rules/identify.ts | if (!holds(trace, "identify.session", session !== undefined, session) || session === undefined) { | || becomes &&',
    reason: narrowing,
  },
]
