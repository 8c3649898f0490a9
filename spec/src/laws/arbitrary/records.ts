import fc from "fast-check"
import type { CaseSession } from "../../vectors/decision-case.ts"
import { API, ORG } from "./policies.ts"
import { ends, mostly, towardsFirst } from "./values.ts"

export const organisations: fc.Arbitrary<string> = mostly(ORG, "globex")

export const bindings: fc.Arbitrary<CaseSession["bindings"]> = fc.oneof(
  towardsFirst,
  { weight: 5, arbitrary: fc.constant("none" as const) },
  { weight: 5, arbitrary: mostly<readonly string[]>(["alice"], ["bob"], []) },
  { weight: 1, arbitrary: fc.constant(["alice", "bob"]) },
)

export const certificates: fc.Arbitrary<CaseSession["certificate"]> = fc.oneof(
  towardsFirst,
  {
    weight: 3,
    arbitrary: fc.record({ name: mostly("alice", "bob"), enrolled: mostly(true, false) }),
  },
  { weight: 1, arbitrary: fc.constant("none" as const) },
)

/** A key that can be computed is made of a certificate, so its record names one. */
export function records(id: string): fc.Arbitrary<CaseSession> {
  return fc
    .record({
      id: fc.constant(id),
      orgId: organisations,
      active: mostly(true, false),
      expiresAt: fc.oneof(towardsFirst, fc.constant("never" as const), ends),
      apis: mostly<CaseSession["apis"]>("all", [API], [API, "invoices"], ["invoices"], []),
      certificate: certificates,
      bindings,
      secret: mostly(true, false),
    })
    .map((record) => ({ ...record, secret: record.secret || record.certificate === "none" }))
}
