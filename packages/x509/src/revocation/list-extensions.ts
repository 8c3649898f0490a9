import {
  allReasons,
  type Place,
  readPlace,
  readReasons,
} from "../certificate/extension/distribution-points.ts"
import { readAuthorityKeyIdentifier } from "../certificate/extension/key-identifiers.ts"
import { close, contextTag, fail, nextTag, open, type Reader, tags } from "../der/reader.ts"
import { boolean, integer } from "../der/values.ts"
import { type ListExtension, readExtensionList } from "./extension-list.ts"

/** What the extensions of a list say about how it may be used. */
export interface ListExtensions {
  readonly authorityKeyIdentifier: string | undefined
  readonly scope: Scope
  readonly incomplete: string | undefined
  readonly foreign: string | undefined
}

/** Which certificates of its issuer a list speaks about, and for which reasons (RFC 5280 §5.2.5). */
export interface Scope {
  readonly covers: "all" | "users" | "authorities"
  /** Only certificates that name this place; undefined for all. */
  readonly place: Place | undefined
  readonly reasons: number
}

const everything: Scope = { covers: "all", place: undefined, reasons: allReasons }

type Found = { -readonly [K in keyof ListExtensions]: ListExtensions[K] }

const crlNumber = "2.5.29.20"
const authorityKeyIdentifier = "2.5.29.35"
const issuingDistributionPoint = "2.5.29.28"
const deltaIndicator = "2.5.29.27"

const extensionsTag = contextTag(0, "constructed")

/** Reads the optional `crlExtensions [0]` (RFC 5280 §5.2). */
export function readListExtensions(tbs: Reader): ListExtensions {
  const found: Found = {
    authorityKeyIdentifier: undefined,
    scope: everything,
    incomplete: "CRL number is missing",
    foreign: undefined,
  }
  if (nextTag(tbs) !== extensionsTag) return found
  const tagged = open(tbs, extensionsTag, "extensions")
  const extensions = readExtensionList(tagged)
  close(tagged)
  // The number is required, so it goes first and takes its complaint away.
  const ordered = extensions.toSorted(
    (a, b) => Number(b.oid === crlNumber) - Number(a.oid === crlNumber),
  )
  for (const extension of ordered) readOne(extension, found)
  return found
}

function readOne({ oid, critical, value }: ListExtension, found: Found): void {
  switch (oid) {
    case crlNumber:
      integer(value)
      close(value)
      // RFC 5280 §5.2.3: whoever marks it critical did not follow the profile in other ways either.
      found.incomplete = critical ? "CRL number is critical" : undefined
      break
    case authorityKeyIdentifier:
      found.authorityKeyIdentifier = readAuthorityKeyIdentifier(value).keyIdentifier
      close(value)
      break
    case deltaIndicator:
      found.incomplete ??= "list is a delta"
      break
    case issuingDistributionPoint:
      readDistributionPoint(value, found)
      close(value)
      break
    default:
      if (critical) found.incomplete ??= `critical extension ${oid}`
  }
}

const pointTag = contextTag(0, "constructed")
const usersTag = contextTag(1, "primitive")
const authoritiesTag = contextTag(2, "primitive")
const reasonsTag = contextTag(3, "primitive")
const indirectTag = contextTag(4, "primitive")
const attributesTag = contextTag(5, "primitive")

/** RFC 5280 §5.2.5: what narrows a list to a part of its issuer's certificates. */
function readDistributionPoint(value: Reader, found: Found): void {
  const fields = open(value, tags.sequence, "an issuing distribution point")
  const place = nextTag(fields) === pointTag ? readPlace(fields) : undefined
  const users = readFlag(fields, usersTag)
  const authorities = readFlag(fields, authoritiesTag)
  const reasons = nextTag(fields) === reasonsTag ? readReasons(fields, reasonsTag) : allReasons
  if (readFlag(fields, indirectTag)) found.foreign = "list is indirect"
  if (readFlag(fields, attributesTag)) found.foreign = "list is of attribute certificates"
  close(fields)
  if (users && authorities) fail(value, "list is of users only and of authorities only")
  found.scope = { covers: users ? "users" : authorities ? "authorities" : "all", place, reasons }
}

/** `[n] IMPLICIT BOOLEAN DEFAULT FALSE`. */
function readFlag(fields: Reader, tag: number): boolean {
  if (nextTag(fields) !== tag) return false
  const at = fields.at
  const value = boolean(fields, tag)
  if (!value) fail(fields, "default value is encoded", at)
  return value
}
