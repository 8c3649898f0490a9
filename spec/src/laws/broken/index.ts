import { admissionFaults } from "./admission.ts"
import type { BrokenSubject } from "./broken-subject.ts"
import { certificateFaults } from "./certificate.ts"
import { identityFaults } from "./identity.ts"

export type { BrokenSubject } from "./broken-subject.ts"

/** Every seeded fault of the laws: each law catches at least one. */
export const brokenSubjects: readonly BrokenSubject[] = [
  ...admissionFaults,
  ...certificateFaults,
  ...identityFaults,
]
