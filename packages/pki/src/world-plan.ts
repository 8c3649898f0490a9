import type { Malformation } from "./malform.ts"
import type { Interval, Member } from "./member.ts"

/** A certificate to be made: what its facts will be, and how it is wrong. */
export interface Plan
  extends Pick<
    Member,
    "id" | "authority" | "pathLength" | "validity" | "purposes" | "permitted" | "excluded"
  > {
  /** Id of the authority that issues it; absent: it signs itself. */
  readonly by?: string
  /** Labels of name and key; default the id. */
  readonly subject?: string
  readonly key?: string
  readonly dnsNames?: readonly string[]
  /** Label of the key that signs instead of the issuer's. */
  readonly forgedWith?: string
  readonly malformed?: Malformation
}

/** The times in which the world's certificates are valid. */
export const ERAS: {
  readonly root: Interval
  readonly intermediate: Interval
  readonly present: Interval
  readonly past: Interval
  readonly future: Interval
} = {
  root: years(2005, 2049),
  intermediate: years(2012, 2040),
  present: years(2020, 2030),
  past: years(2006, 2014),
  future: years(2032, 2045),
}

const CLIENT = { purposes: ["client"] } as const

/** Issuers stand before what they issue. */
export const AUTHORITY_PLANS: readonly Plan[] = [
  authority("root-a", undefined, { validity: ERAS.root }),
  authority("root-b", undefined, { validity: ERAS.root }),
  authority("intermediate", "root-a"),
  authority("deep", "intermediate"),
  authority("b-intermediate", "root-b"),
  authority("crossed-intermediate", "root-b", { subject: "intermediate", key: "intermediate" }),
  authority("rekeyed-intermediate", "root-b", { subject: "intermediate" }),
  authority("expired-intermediate", "root-a", {
    subject: "intermediate",
    key: "intermediate",
    validity: ERAS.past,
  }),
  authority("future-intermediate", "root-a", { validity: ERAS.future }),
  authority("a-by-b", "root-b", { subject: "root-a", key: "root-a" }),
  authority("b-by-a", "root-a", { subject: "root-b", key: "root-b" }),
  authority("server-only", "root-a", { purposes: ["server"] }),
  authority("client-only", "root-a", { purposes: ["client"] }),
  authority("permitted", "root-a", { permitted: ["good.test"] }),
  authority("below-permitted", "permitted"),
  authority("excluded", "root-a", { excluded: ["bad.test"] }),
  authority("short", "root-a", { pathLength: 0 }),
  authority("below-short", "short"),
  authority("renewed-short", "short", { subject: "short", pathLength: 0 }),
  authority("constrained-root", undefined, {
    validity: ERAS.root,
    permitted: ["good.test"],
    pathLength: 1,
  }),
  authority("below-constrained", "constrained-root"),
  authority("far-below-constrained", "below-constrained"),
  authority("impostor", undefined, { subject: "root-a", validity: ERAS.root }),
  authority("impostor-intermediate", "impostor", { subject: "intermediate" }),
  authority("forged", "root-a", { forgedWith: "impostor" }),
  authority("malformed-intermediate", "root-a", {
    subject: "intermediate",
    key: "intermediate",
    malformed: "duplicate-extension",
  }),
  leaf("leaf-as-authority", "intermediate", CLIENT),
]

/** Leaves of every kind below one authority. */
export function leafPlans(by: string): readonly Plan[] {
  const named = NAMES.flatMap((dnsNames, name) =>
    PURPOSES.map((purposes, purpose) =>
      leaf(`${by}/${name}.${purpose}`, by, { dnsNames, ...(purposes && { purposes }) }),
    ),
  )
  const broken = MALFORMED.map((malformed) =>
    leaf(`${by}/${malformed}`, by, { ...CLIENT, malformed }),
  )
  return [
    ...named,
    leaf(`${by}/past`, by, { ...CLIENT, validity: ERAS.past }),
    leaf(`${by}/future`, by, { ...CLIENT, validity: ERAS.future }),
    leaf(`${by}/forged`, by, { ...CLIENT, forgedWith: "impostor" }),
    ...broken,
  ]
}

/** Attackers who sign for themselves, and authorities that come as a client. */
export const ODD_LEAF_PLANS: readonly Plan[] = [
  { ...authority("self-signed", undefined), authority: false },
  {
    ...authority("self-signed-root-a", undefined, { subject: "root-a" }),
    authority: false,
  },
  authority("authority-as-client", "intermediate", { purposes: ["client"] }),
]

const NAMES: readonly (readonly string[])[] = [
  [],
  ["a.good.test"],
  ["a.bad.test"],
  ["good.test", "a.bad.test"],
  ["evilgood.test"],
]

const PURPOSES: readonly (readonly string[] | undefined)[] = [
  ["client"],
  undefined,
  ["server", "client"],
  ["server"],
  [],
]

const MALFORMED: readonly Malformation[] = [
  "wrong-signature",
  "trailing-bytes",
  "non-minimal-length",
  "indefinite-length",
  "other-outer-algorithm",
  "bad-boolean",
]

type Details = Partial<Omit<Plan, "id" | "by" | "authority">>

function authority(id: string, by: string | undefined, details: Details = {}): Plan {
  const issuer = by === undefined ? {} : { by }
  return { id, authority: true, validity: ERAS.intermediate, ...issuer, ...details }
}

function leaf(id: string, by: string, details: Details): Plan {
  const defaults = { key: "leaf", validity: ERAS.present }
  return { id, by, authority: false, ...defaults, ...details }
}

function years(first: number, last: number): Interval {
  return { notBefore: Date.UTC(first), notAfter: Date.UTC(last + 1) - 1000 }
}
