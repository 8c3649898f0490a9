import fc from "fast-check"
import type { DecisionCase, Instant } from "../../vectors/decision-case.ts"
import { decisions } from "../arbitrary/cases.ts"
import { picked } from "../arbitrary/pairs.ts"
import { authorities, keyless, lists, token } from "../arbitrary/policies.ts"
import { instant, mostly, NOW } from "../arbitrary/values.ts"
import { withRequest } from "../change.ts"
import { contains, pathsToList, peerOf, recordsOf, secondOf } from "../facts.ts"
import type { Law } from "../law.ts"
import { sameAnswer, whereAllowed } from "../make-law.ts"

const SECOND = 1000

/** The first seconds at which a fact of the case may read otherwise than a second earlier. */
function turningSeconds(one: DecisionCase): readonly number[] {
  const peer = peerOf(one)
  const validities = [peer?.validity ?? "none", ...(peer?.paths ?? []).map((path) => path.validity)]
  const fresh = (peer?.paths ?? []).map(({ freshUntil }) => freshUntil)
  const expiries = recordsOf(one).map(({ expiresAt }) => expiresAt)
  const intervals = validities.filter((validity) => validity !== "none")
  return [
    ...intervals.map(([notBefore]) => Math.ceil(Date.parse(notBefore) / SECOND) * SECOND),
    ...intervals.map(([, notAfter]) => secondAfter(notAfter)),
    ...[...fresh, ...expiries.filter((expiry) => expiry !== "never")].map(secondAfter),
  ]
}

function secondAfter(last: Instant): number {
  return (Math.floor(Date.parse(last) / SECOND) + 1) * SECOND
}

const namedInstants = sameAnswer(
  {
    id: "time-changes-a-verdict-only-at-named-instants",
    sentence:
      "between two seconds with no end of a certificate, a path, a list or a session between them, the verdict is one",
    sources: ["design:time", "RFC 5280 §4.1.2.5"],
    onlyCatches: "half-an-hour-early",
  },
  {
    pairs: fc
      .tuple(decisions(), fc.nat(30), fc.constantFrom(1, 400, 999, 1000, 60_000, 3_000_000))
      .map(([one, choice, later]) => {
        const turning = turningSeconds(one)
        const starts = [secondOf(one), ...turning.map((at) => at - SECOND), ...turning]
        const start = picked(starts, choice) ?? NOW
        return [
          withRequest(one, { now: instant(start) }),
          withRequest(one, { now: instant(start + later) }),
        ] as const
      }),
    concerns: (_, [one, later]) => {
      const [from, to] = [secondOf(one), secondOf(later)]
      return turningSeconds(one).every((turning) => turning <= from || turning > to)
    },
  },
)

const inItsTime = whereAllowed(
  {
    id: "a-certificate-counts-in-its-time",
    sentence: "an Allow that names a certificate is given from its notBefore to its notAfter",
    sources: ["design:stricter/both-ends", "RFC 5280 §4.1.2.5", "advisory:validity-ignored"],
    onlyCatches: "none",
  },
  {
    cases: decisions({ staticMtls: lists }),
    concerns: ({ identity }) => identity.leafBy !== undefined,
    broken: (_, one) => {
      const { validity = "none" } = peerOf(one) ?? {}
      const isIn = validity !== "none" && contains(validity, secondOf(one))
      return isIn ? undefined : "the certificate is out of its time"
    },
  },
)

const pathInItsTime = whereAllowed(
  {
    id: "a-path-counts-in-its-time",
    sentence: "an Allow by a path is given while some path to an authority of the list is valid",
    sources: ["design:A5", "design:stricter/both-ends", "advisory:validity-ignored"],
    onlyCatches: "none",
  },
  {
    cases: decisions({ staticMtls: authorities, identity: mostly(keyless, token) }),
    concerns: ({ identity }) => identity.leafBy === "trust_path",
    broken: (_, one) =>
      pathsToList(one).some(({ validity }) => contains(validity, secondOf(one)))
        ? undefined
        : "every path is out of its time",
  },
)

export const time: readonly Law[] = [namedInstants, inItsTime, pathInItsTime]
