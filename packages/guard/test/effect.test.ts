import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { expect, it } from "vitest"
import { CertificateStore, Events, Guard, Policies, SessionStore } from "../src/effect.ts"
import { storedSession } from "../src/index.ts"
import { api, head, now, plain, policySet, secretToken, session } from "./fixture.ts"

const facts = {
  now,
  connection: plain,
  head: head("/a", { authorization: secretToken }),
}

const policies = Policies.layer(policySet([api("a")]))
const certificates = CertificateStore.layerMemory(new Set())

it("provides the guard from layers", async () => {
  const sessions = new Map([[secretToken, storedSession(session(secretToken))]])
  const layer = Guard.layer.pipe(
    Layer.provide(Layer.mergeAll(policies, certificates, SessionStore.layerMemory(sessions))),
  )
  const guard = await Effect.runPromise(Effect.provide(Effect.service(Guard), layer))
  expect(guard.check(facts)).toMatchObject({ _tag: "Allow" })
})

it("reports a failing store to the events service", async () => {
  const heard: string[] = []
  const failing = Layer.succeed(SessionStore, { find: () => Promise.reject(new Error("down")) })
  const layer = Guard.layer.pipe(Layer.provide(Layer.mergeAll(policies, certificates, failing)))
  const guard = await Effect.runPromise(
    Effect.service(Guard).pipe(
      Effect.provide(layer),
      Effect.provideService(Events, { report: ({ code }) => heard.push(code) }),
    ),
  )
  expect(await guard.check(facts)).toMatchObject({ reason: "guard.unavailable" })
  expect(heard).toEqual(["store_failed"])
})

it("reports to nobody without an events service", async () => {
  const failing = Layer.succeed(SessionStore, { find: () => Promise.reject(new Error("down")) })
  const layer = Guard.layer.pipe(Layer.provide(Layer.mergeAll(policies, certificates, failing)))
  const [guard, events] = await Effect.runPromise(
    Effect.all([Effect.service(Guard), Effect.service(Events)]).pipe(Effect.provide(layer)),
  )
  expect(await guard.check(facts)).toMatchObject({ reason: "guard.unavailable" })
  for (const { report } of [events, Events.defaultValue()]) {
    expect(report({ code: "fault", cause: undefined })).toBeUndefined()
  }
})

it("names its services by their place in the package", () => {
  expect([SessionStore, CertificateStore, Policies, Events, Guard].map(({ key }) => key)).toEqual(
    ["SessionStore", "CertificateStore", "Policies", "Events", "Guard"].map(
      (name) => `@countersign/guard/${name}`,
    ),
  )
})
