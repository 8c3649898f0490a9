import fc from "fast-check"
import type { CaseSession } from "../../vectors/decision-case.ts"
import { API, ORG } from "./policies.ts"
import { ends, mostly } from "./values.ts"

export const organisations: fc.Arbitrary<string> = mostly(ORG, "globex")

export const bindings: fc.Arbitrary<CaseSession["bindings"]> = fc.constantFrom<
  CaseSession["bindings"][]
>("none", "none", "none", ["alice"], ["alice", "bob"], ["bob"], [])

export const certificates: fc.Arbitrary<CaseSession["certificate"]> = fc.constantFrom<
  CaseSession["certificate"][]
>(
  { name: "alice", enrolled: true },
  { name: "alice", enrolled: true },
  { name: "alice", enrolled: true },
  { name: "alice", enrolled: false },
  { name: "bob", enrolled: true },
  "none",
  "none",
)

/** A key that can be computed is made of a certificate, so its record names one. */
export function records(id: string): fc.Arbitrary<CaseSession> {
  return fc
    .record({
      id: fc.constant(id),
      orgId: organisations,
      active: mostly(true, false),
      expiresAt: fc.oneof(fc.constant("never" as const), ends),
      apis: mostly<CaseSession["apis"]>("all", [API], [API, "invoices"], ["invoices"], []),
      certificate: certificates,
      bindings,
      secret: mostly(true, false),
    })
    .map((record) => ({ ...record, secret: record.secret || record.certificate === "none" }))
}
