import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { ChangeId } from "../../src/explain.ts"
import { explain, policy } from "../../src/index.ts"
import { type Case, cases } from "../support/cases.ts"
import { appliers } from "../support/changes.ts"
import { denials } from "../support/denials.ts"
import { policyInput, requestOf } from "../support/given.ts"
import { refusing } from "../support/rules.ts"

/** The cause of a refusal, before and after the change that `explain` asks for. */
function beforeAndAfter(on: Case): { id: ChangeId; before: string; after: string } | undefined {
  const { change } = explain(policy(on.input), on.request)
  const refused = refusing(policy(on.input), on.request)
  if (change === undefined || refused === undefined) return undefined
  const changed = appliers[change.id](on, refused.session)
  const after = refusing(policy(changed.input), changed.request)
  return { id: change.id, before: refused.cause, after: after?.cause ?? "allowed" }
}

describe("the smallest change passes the rule that refused", () => {
  it.each(denials)("%s: %s", (_, id, parts, request) => {
    const outcome = beforeAndAfter({ input: policyInput(parts), request: requestOf(request) })
    expect(outcome?.id).toBe(id)
    expect(outcome?.after).not.toBe(outcome?.before)
  })

  it("in every decision", () => {
    fc.assert(
      fc.property(cases, (on) => {
        const outcome = beforeAndAfter(on)
        fc.pre(outcome !== undefined)
        expect(outcome?.after).not.toBe(outcome?.before)
      }),
      { numRuns: 1000 },
    )
  })
})
