import fc from "fast-check"
import { decisions } from "../arbitrary/cases.ts"
import { changed } from "../arbitrary/pairs.ts"
import { identified } from "../arbitrary/policies.ts"
import { withHolder, withRequest } from "../change.ts"
import { isSame, peerOf, recordOf } from "../facts.ts"
import type { Law } from "../law.ts"
import { sameAnswer, whereAllowed } from "../make-law.ts"

const ownSession = whereAllowed(
  {
    id: "a-session-opens-its-own-organisation",
    sentence: "the session of an Allow is of the policy's organisation",
    sources: ["design:stricter/organisations-compared", "advisory:organisations-mixed"],
    onlyCatches: "none",
  },
  {
    cases: decisions({ identity: identified }),
    broken: ({ identity: { session } }, one) =>
      recordOf(one, session)?.orgId === one.policy.orgId
        ? undefined
        : "the session is of another organisation",
  },
)

/** A record with the certificate's session stays known to its token; the holder alone goes. */
const staleHolder = sameAnswer(
  {
    id: "what-stores-said-of-another-is-nothing",
    sentence:
      "what the stores said of another certificate, or in another organisation, counts as if they had said nothing",
    sources: [
      "design:holder",
      "design:stricter/organisations-compared",
      "advisory:stale-holder",
      "advisory:organisations-mixed",
    ],
    onlyCatches: "none",
  },
  {
    pairs: changed(decisions({ identity: identified }), (one, choice) => {
      const elsewhere = withHolder(one, (holder) =>
        choice % 2 === 0 ? { ...holder, leaf: "carol" } : { ...holder, orgId: "globex" },
      )
      return elsewhere
    }).map(([, elsewhere]) => [elsewhere, withRequest(elsewhere, { holder: "none" })] as const),
    concerns: (_, [one]) => peerOf(one) !== undefined,
  },
)

const foreignSessions = sameAnswer(
  {
    id: "a-certificate-session-that-names-another-is-none",
    sentence:
      "a certificate's session that is of another organisation, or names another certificate, is no session",
    sources: ["design:holder", "advisory:organisations-mixed", "advisory:stale-holder"],
    onlyCatches: "none",
  },
  {
    pairs: fc
      .tuple(decisions({ identity: identified, authToken: fc.constant("none") }), fc.boolean())
      .map(([one, isForeign]) => {
        const session = { name: "carol", enrolled: true }
        const other = withHolder(one, (holder) => {
          if (holder.session === "none") return holder
          const changes = isForeign ? { orgId: "globex" } : { certificate: session }
          return { ...holder, session: { ...holder.session, ...changes, id: "s3" } }
        })
        return [other, withHolder(other, (holder) => ({ ...holder, session: "none" }))] as const
      }),
    concerns: (_, [one]) => {
      const { holder } = one.request
      const leaf = peerOf(one)?.leaf
      return holder !== "none" && leaf !== undefined && isSame(holder.leaf, leaf)
    },
  },
)

export const organisations: readonly Law[] = [ownSession, staleHolder, foreignSessions]
