import { readAuthorityKeyIdentifier } from "../certificate/extension/key-identifiers.ts"
import { close, contextTag, more, nextTag, open, type Reader, skip, tags } from "../der/reader.ts"
import { integer } from "../der/values.ts"
import { type ListExtension, readExtensionList } from "./extension-list.ts"

/** What the extensions of a list say about how it may be used. */
export interface ListExtensions {
  readonly authorityKeyIdentifier: string | undefined
  readonly covers: "all" | "users" | "authorities"
  readonly incomplete: string | undefined
  readonly foreign: string | undefined
}

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
    covers: "all",
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

/** RFC 5280 §5.2.5: what narrows a list to a part of its issuer's certificates. */
function readDistributionPoint(value: Reader, found: Found): void {
  const fields = open(value, tags.sequence, "an issuing distribution point")
  while (more(fields)) {
    const tag = nextTag(fields)
    skip(fields)
    if (tag === usersTag) found.covers = "users"
    else if (tag === authoritiesTag) found.covers = "authorities"
    else if (tag === indirectTag) found.foreign = "list is indirect"
    else if (tag === pointTag) found.incomplete ??= "list is of one distribution point"
    else if (tag === reasonsTag) found.incomplete ??= "list is of some reasons only"
    else found.incomplete ??= "list is of attribute certificates"
  }
}
