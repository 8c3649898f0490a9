import fc from "fast-check"
import { decisions } from "../arbitrary/cases.ts"
import { overTls } from "../arbitrary/peers.ts"
import { withRequest } from "../change.ts"
import type { Law } from "../law.ts"
import { sameAnswer } from "../make-law.ts"

export const host: readonly Law[] = [
  sameAnswer(
    {
      id: "where-the-host-disagrees-no-certificate-is-read",
      sentence:
        "where server name and host disagree, every certificate is answered alike, and like none at all",
      sources: [
        "design:A2",
        "design:D1",
        "design:bind",
        "design:stricter/name-and-host-agree",
        "advisory:host-and-server-name",
        "advisory:resumption-across-policies",
      ],
      onlyCatches: "none",
    },
    {
      pairs: fc
        .tuple(
          decisions({ hostAgrees: fc.constant(false), connection: overTls }),
          fc.oneof(overTls, fc.constant({ peer: "none" as const })),
        )
        .map(([one, connection]) => [one, withRequest(one, { connection })]),
    },
  ),
]
