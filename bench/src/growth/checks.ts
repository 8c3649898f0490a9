import type { Verdict } from "@countersign/engine"
import type { Connection, Guard, RequestFacts } from "@countersign/guard"
import type { RequestHead } from "@countersign/http"
import { now } from "../decide/world.ts"
import type { Subject } from "../measure/interleave.ts"

export const host = "api.example"

/** The facts of a request for `host`, with a token or without. */
export function factsOf(connection: Connection, target: string, token?: string): RequestFacts {
  const header: RequestHead["header"] = (name) => (name === "authorization" ? token : undefined)
  return { now, connection, head: { method: "GET", target, authority: host, header } }
}

/** Lets a guard check different requests in turn, all of which it must answer at once and alike. */
export function checking(
  name: string,
  guard: Pick<Guard, "check">,
  asked: readonly RequestFacts[],
  expected: "Allow" | "Deny" = "Allow",
): Subject {
  let next = 0
  return {
    name,
    run: (calls) => {
      for (let call = 0; call < calls; call++) {
        const facts = asked[next]
        next = next + 1 < asked.length ? next + 1 : 0
        if (facts === undefined) return
        expect(name, guard.check(facts), expected)
      }
    },
  }
}

/** A guard that answers something else, or later, is not the one that was to be measured. */
export function expect(
  name: string,
  verdict: Verdict | Promise<Verdict>,
  expected: Verdict["_tag"],
): void {
  if (verdict instanceof Promise) throw new Error(`${name}: answered later`)
  if (verdict._tag !== expected) throw new Error(`${name}: ${JSON.stringify(verdict)}`)
}
