import { describe, expect, it } from "vitest"
import { checkOptions } from "../src/check-options.ts"
import { memoryCertificates, memorySessions } from "../src/index.ts"
import { api, policySet } from "./fixture.ts"

const whole = {
  policies: policySet([api("a")]),
  sessions: memorySessions(new Map()),
  certificates: memoryCertificates(new Set()),
}

describe("the options of a guard", () => {
  it("are taken where they are whole", () => {
    expect(() => checkOptions(whole)).not.toThrow()
  })

  const policies = "guard.policies is missing or incomplete; make it with createPolicySet(...)"
  it.each([
    ["no policies", { policies: undefined }, policies],
    ["policies without routes", { policies: { ...whole.policies, routes: undefined } }, policies],
    ["routes that match nothing", { policies: { ...whole.policies, routes: {} } }, policies],
    ["policies without APIs", { policies: { ...whole.policies, apis: undefined } }, policies],
    ["APIs that are no map", { policies: { ...whole.policies, apis: [] } }, policies],
    [
      "no sessions",
      { sessions: undefined },
      "guard.sessions must be a function; memorySessions(map) makes one",
    ],
    [
      "a set for certificates",
      { certificates: new Set() },
      "guard.certificates must be a function; memoryCertificates(ids) makes one",
    ],
  ])("are refused with %s", (_name, wrong, message) => {
    const act = () => checkOptions({ ...whole, ...wrong } as never)
    expect(act).toThrow(TypeError)
    expect(act).toThrow(message)
  })
})
