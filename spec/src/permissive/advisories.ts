import type { AdvisoryClass } from "../advisory-classes.ts"

/** Published advisories that belong to a class. That an advisory was published says nothing of any release. */
export const advisories: Readonly<Partial<Record<AdvisoryClass, readonly string[]>>> = {
  "any-presented-certificate": [
    "CVE-2023-2422",
    "GHSA-3qh5-qqj2-c78f",
    "CVE-2014-7189",
    "CVE-2022-29222",
  ],
  "chain-not-verified": ["CVE-2023-2422", "GHSA-3qh5-qqj2-c78f"],
  "no-anchors-any-certificate": ["CVE-2023-1664", "GHSA-5cc8-pgp5-7mpm"],
  "configuration-error-opens": ["CVE-2022-46153", "CVE-2026-27586"],
  "purpose-ignored": ["CVE-2022-21657", "CVE-2026-45389"],
  "validity-ignored": ["GHSA-rpj2-w6fr-79hc"],
  "revocation-not-consulted": ["CVE-2026-28755"],
  "revocation-unknown-passes": ["CVE-2024-2660", "GHSA-38cg-gg9j-q9j9"],
  "required-acted-as-optional": ["CVE-2025-15346"],
  "identity-from-unproven-name": ["CVE-2025-6037", "CVE-2018-16886"],
  "comparison-by-text": ["CVE-2024-2048", "CVE-2025-66220", "CVE-2021-44532", "CVE-2026-33248"],
  "host-and-server-name": [
    "CVE-2018-21246",
    "CVE-2022-23632",
    "CVE-2026-48491",
    "CVE-2026-53622",
    "CVE-2026-32305",
    "CVE-2026-75595",
  ],
  "resumption-across-policies": [
    "CVE-2025-23419",
    "CVE-2025-23048",
    "CVE-2025-68121",
    "CVE-2022-21654",
    "CVE-2026-34873",
  ],
  "forged-header": [
    "CVE-2026-30851",
    "CVE-2026-33433",
    "CVE-2026-39858",
    "CVE-2026-33223",
    "CVE-2026-33246",
  ],
}
