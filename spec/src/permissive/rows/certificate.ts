import type { Misreading } from "../misreading.ts"
import { takesConnection, takesPath, takesPolicy } from "../misreading.ts"

/** What a certificate shows: its time, its paths, its revocation, and the list that it is looked for in. */
export const certificateRows: readonly Misreading[] = [
  {
    class: "validity-ignored",
    rule: "neither end of the leaf's validity is asked",
    takes: takesConnection(
      {
        validity: [
          "before",
          "after",
          "absent",
          "a second before",
          "a second after",
          "NaN notBefore",
          "NaN notAfter",
        ],
      },
      { validity: "inside" },
    ),
  },
  {
    class: "validity-ignored",
    rule: "the validity of the certificates above the leaf is not asked",
    takes: takesPath(
      {
        time: [
          "before",
          "after",
          "a second before",
          "a second after",
          "NaN notBefore",
          "NaN notAfter",
        ],
      },
      { time: "inside" },
    ),
  },
  {
    class: "truthy-allows",
    rule: "a leaf whose validity is no number is not shown to be late",
    takes: takesConnection(
      { validity: ["absent", "NaN notBefore", "NaN notAfter"] },
      { validity: "inside" },
    ),
  },
  {
    class: "truthy-allows",
    rule: "a path whose validity is no number is not shown to be late",
    takes: takesPath({ time: ["NaN notBefore", "NaN notAfter"] }, { time: "inside" }),
  },
  {
    class: "truthy-allows",
    rule: "a revocation list whose end is no number is not shown to be stale",
    takes: takesPath({ status: "good, NaN" }, { status: "good" }),
  },
  {
    class: "chain-not-verified",
    rule: "any authority will do, also one that the policy does not name",
    takes: takesPath({ anchor: "foreign" }, { anchor: "ours" }),
  },
  {
    class: "no-anchors-any-certificate",
    rule: "an empty list admits whoever presents a certificate",
    takes: takesPolicy({ staticMtls: "empty" }, { staticMtls: "listed" }),
  },
  {
    class: "configuration-error-opens",
    rule: "a list of which nothing could be read is no list",
    takes: takesPolicy({ staticMtls: "empty" }, { staticMtls: "off" }),
  },
  {
    class: "revocation-not-consulted",
    rule: "no revocation list is read",
    takes: takesPolicy({ revocation: ["soft", "hard"] }, { revocation: "off" }),
  },
  {
    class: "revocation-unknown-passes",
    rule: "a status that must be known and is not counts as good",
    takes: takesPolicy({ revocation: "hard" }, { revocation: "soft" }),
  },
]
