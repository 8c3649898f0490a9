import { close, fail, more, open, type Reader, tags } from "../../der/reader.ts"
import { oid } from "../../der/values.ts"
import { readGeneralName } from "../general-name.ts"

/** RFC 5280 §4.2.2.1: read strictly and not kept, since nothing is ever fetched. */
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
