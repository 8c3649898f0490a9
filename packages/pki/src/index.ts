export { integer, oid } from "./asn1.ts"
export {
  type Authority,
  type AuthorityOptions,
  asAuthority,
  createAuthority,
  type LeafOptions,
  type SelfSignedOptions,
  selfSigned,
  type Usage,
} from "./authority.ts"
export type { Issued } from "./certificate.ts"
export type { Crl, CrlOptions, Revoked } from "./crl.ts"
export { bitString, concat, octetString, sequence, tlv } from "./der-writer.ts"
export * from "./extension.ts"
export type { GeneralName } from "./general-name.ts"
export type { CertificateOptions } from "./issue.ts"
export { createKey, type Hash, type Key, type KeyKind, sharedKey } from "./key.ts"
export { MALFORMATIONS, type Malformation, malform } from "./malform.ts"
export type { ExtensionChoice } from "./merge-extensions.ts"
export { type Attribute, encodeName, type Name, type Rdn, type StringType } from "./name.ts"
export { toPem } from "./pem.ts"
export type { SigningChoice } from "./signature.ts"
export { DEFAULT_VALIDITY, type Time, type TimeForm, type Validity } from "./time.ts"
