import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { createGuard, type GuardProblem, type Guard as GuardShape } from "./guard.ts"
import type { PolicySet } from "./policy-set.ts"
import type { StoredSession } from "./stored-session.ts"
import {
  type FindCertificates,
  type FindSessions,
  memoryCertificates,
  memorySessions,
} from "./stores.ts"

/** Where sessions are looked up. */
export class SessionStore extends Context.Service<SessionStore, { readonly find: FindSessions }>()(
  "@countersign/guard/SessionStore",
) {
  static readonly layerMemory = (
    sessions: ReadonlyMap<string, StoredSession>,
  ): Layer.Layer<SessionStore> => Layer.succeed(SessionStore, { find: memorySessions(sessions) })
}

/** Where certificates are enrolled. */
export class CertificateStore extends Context.Service<
  CertificateStore,
  { readonly find: FindCertificates }
>()("@countersign/guard/CertificateStore") {
  static readonly layerMemory = (ids: ReadonlySet<string>): Layer.Layer<CertificateStore> =>
    Layer.succeed(CertificateStore, { find: memoryCertificates(ids) })
}

/** The policies that a guard begins with; `Guard.replace` replaces them. */
export class Policies extends Context.Service<Policies, { readonly initial: PolicySet }>()(
  "@countersign/guard/Policies",
) {
  static readonly layer = (initial: PolicySet): Layer.Layer<Policies> =>
    Layer.succeed(Policies, { initial })
}

/** Hears problems; without a layer nobody does. */
export const Events: Context.Reference<{ readonly report: (problem: GuardProblem) => void }> =
  Context.Reference<{ readonly report: (problem: GuardProblem) => void }>(
    "@countersign/guard/Events",
    { defaultValue: () => ({ report: () => {} }) },
  )

/** The guard as a service. Its `check` stays plain: no runtime on the way of a request. */
export class Guard extends Context.Service<Guard, GuardShape>()("@countersign/guard/Guard") {
  static readonly layer: Layer.Layer<Guard, never, SessionStore | CertificateStore | Policies> =
    Layer.effect(
      Guard,
      Effect.gen(function* () {
        const sessions = yield* SessionStore
        const certificates = yield* CertificateStore
        const policies = yield* Policies
        const events = yield* Events
        return Guard.of(
          createGuard({
            policies: policies.initial,
            sessions: sessions.find,
            certificates: certificates.find,
            onProblem: events.report,
          }),
        )
      }),
    )
}
