export {
  type CertificateStatus,
  checkRevocation,
  type PathRevocation,
  type RevocationOptions,
} from "./check-revocation.ts"
export type { Entries, Entry } from "./entries.ts"
export { revocationListLimits } from "./limits.ts"
export { type PemLists, readPemRevocationLists } from "./pem.ts"
export { type RevocationList, readRevocationList } from "./revocation-list.ts"
export { prepareRevocationLists, type RevocationLists } from "./revocation-lists.ts"
