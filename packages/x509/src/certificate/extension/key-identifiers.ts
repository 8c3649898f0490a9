import { close, contextTag, nextTag, open, type Reader, tags } from "../../der/reader.ts"
import { integer, octetString } from "../../der/values.ts"
import { toHex } from "../../hex.ts"
import { type GeneralName, readGeneralNames } from "../general-name.ts"

export interface AuthorityKeyIdentifier {
  /** Lower-case hexadecimal. */
  readonly keyIdentifier: string | undefined
  readonly issuer: readonly GeneralName[] | undefined
  /** As `Certificate.serial`. */
  readonly serial: string | undefined
}

const keyIdentifierTag = contextTag(0, "primitive")
const issuerTag = contextTag(1, "constructed")
const serialTag = contextTag(2, "primitive")

/** RFC 5280 §4.2.1.1; authorities do write a serial number without an issuer, and nothing here depends on it. */
export function readAuthorityKeyIdentifier(reader: Reader): AuthorityKeyIdentifier {
  const fields = open(reader, tags.sequence, "an authority key identifier")
  const keyIdentifier =
    nextTag(fields) === keyIdentifierTag ? toHex(octetString(fields, keyIdentifierTag)) : undefined
  const issuer = nextTag(fields) === issuerTag ? readGeneralNames(fields, issuerTag) : undefined
  const serial = nextTag(fields) === serialTag ? toHex(integer(fields, serialTag)) : undefined
  close(fields)
  return { keyIdentifier, issuer, serial }
}

/** RFC 5280 §4.2.1.2: lower-case hexadecimal. */
export function readSubjectKeyIdentifier(reader: Reader): string {
  return toHex(octetString(reader))
}
