import {
  close,
  contextTag,
  fail,
  more,
  nextTag,
  open,
  type Reader,
  skip,
  tags,
} from "../../der/reader.ts"
import { bitString, oid } from "../../der/values.ts"
import { readGeneralName, readGeneralNames } from "../general-name.ts"

const nameTag = contextTag(0, "constructed")
const fullNameTag = contextTag(0, "constructed")
const relativeNameTag = contextTag(1, "constructed")
const reasonsTag = contextTag(1, "primitive")
const issuerTag = contextTag(2, "constructed")

/** RFC 5280 §4.2.2.1 and §4.2.2.2: read strictly and not kept, since nothing is ever fetched. */
export function readInformationAccess(reader: Reader): true {
  const list = open(reader, tags.sequence, "access descriptions")
  if (!more(list)) fail(list, "no access description")
  while (more(list)) {
    const description = open(list, tags.sequence, "an access description")
    oid(description)
    readGeneralName(description)
    close(description)
  }
  return true
}

/** RFC 5280 §4.2.1.13: read strictly and not kept; CRLs are configured, never fetched. */
export function readDistributionPoints(reader: Reader): true {
  const list = open(reader, tags.sequence, "CRL distribution points")
  if (!more(list)) fail(list, "no distribution point")
  while (more(list)) {
    const point = open(list, tags.sequence, "a distribution point")
    if (nextTag(point) === nameTag) readDistributionPointName(point)
    if (nextTag(point) === reasonsTag) bitString(point, reasonsTag)
    if (nextTag(point) === issuerTag) readGeneralNames(point, issuerTag)
    close(point)
  }
  return true
}

function readDistributionPointName(point: Reader): void {
  const name = open(point, nameTag, "a distribution point name")
  if (nextTag(name) === fullNameTag) {
    readGeneralNames(name, fullNameTag)
  } else {
    const relative = open(name, relativeNameTag, "a relative name")
    while (more(relative)) skip(relative)
  }
  close(name)
}
