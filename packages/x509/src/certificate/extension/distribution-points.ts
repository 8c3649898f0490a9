import {
  close,
  contextTag,
  fail,
  more,
  nextTag,
  open,
  type Reader,
  tags,
} from "../../der/reader.ts"
import { bitString } from "../../der/values.ts"
import { type GeneralName, readGeneralNames } from "../general-name.ts"
import { type RelativeName, readRelativeName } from "../name.ts"

/** Where the list stands that speaks about a certificate: a place is only compared, nothing is ever fetched. */
export interface DistributionPoint {
  readonly place: Place | undefined
  /** The reasons for which the list speaks. */
  readonly reasons: number
  /** Who issues the list, if that is not the certificate's issuer. */
  readonly issuer: readonly GeneralName[] | undefined
}

/** DistributionPointName: full names, or a last part under the name of the list's issuer. */
export type Place =
  | { readonly _tag: "Full"; readonly names: readonly GeneralName[] }
  | { readonly _tag: "Relative"; readonly rdn: RelativeName }

/** ReasonFlags as a number, bit 1 for keyCompromise to bit 8 for aACompromise. */
export const allReasons = 0b1_1111_1110

const placeTag = contextTag(0, "constructed")
const reasonsTag = contextTag(1, "primitive")
const issuerTag = contextTag(2, "constructed")
const fullNameTag = contextTag(0, "constructed")
const relativeNameTag = contextTag(1, "constructed")

/** RFC 5280 §4.2.1.13. */
export function readDistributionPoints(reader: Reader): readonly DistributionPoint[] {
  const list = open(reader, tags.sequence, "CRL distribution points")
  const points: DistributionPoint[] = []
  if (!more(list)) fail(list, "no distribution point")
  while (more(list)) points.push(readPoint(list))
  return points
}

function readPoint(list: Reader): DistributionPoint {
  const fields = open(list, tags.sequence, "a distribution point")
  const place = nextTag(fields) === placeTag ? readPlace(fields) : undefined
  const reasons = nextTag(fields) === reasonsTag ? readReasons(fields, reasonsTag) : allReasons
  const issuer = nextTag(fields) === issuerTag ? readGeneralNames(fields, issuerTag) : undefined
  close(fields)
  return { place, reasons, issuer }
}

/** Reads `distributionPoint [0]`, as certificates and lists have it. */
export function readPlace(fields: Reader): Place {
  const choice = open(fields, placeTag, "a distribution point name")
  const place: Place =
    nextTag(choice) === fullNameTag
      ? { _tag: "Full", names: readGeneralNames(choice, fullNameTag) }
      : { _tag: "Relative", rdn: readRelativeName(choice, relativeNameTag) }
  close(choice)
  return place
}

/** Reads ReasonFlags under `tag`; bits beyond those that are named mean nothing. */
export function readReasons(fields: Reader, tag: number): number {
  const { octets } = bitString(fields, tag)
  let reasons = 0
  for (let bit = 0; bit < 9; bit += 1) {
    if (((octets[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0) reasons |= 1 << bit
  }
  return reasons & allReasons
}
