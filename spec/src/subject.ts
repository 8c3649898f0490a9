import type { Policy, PolicyInput, Request, Verdict } from "@countersign/engine"

/** What is examined: something that compiles a policy once and decides requests with it. */
export interface Subject<P = Policy> {
  readonly name: string
  /** Throws for a policy that must not compile. */
  readonly policy: (input: PolicyInput) => P
  /** Synchronous and total. */
  readonly decide: (policy: P, request: Request) => Verdict
}
