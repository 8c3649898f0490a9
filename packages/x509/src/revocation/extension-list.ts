import { close, fail, more, open, type Reader, tags } from "../der/reader.ts"
import { booleanDefaultFalse, oid } from "../der/values.ts"

export interface ListExtension {
  readonly oid: string
  readonly critical: boolean
  readonly value: Reader
}

/** Reads `Extensions`; an identifier may occur once. */
export function readExtensionList(reader: Reader): readonly ListExtension[] {
  const list = open(reader, tags.sequence, "extensions")
  const extensions: ListExtension[] = []
  const seen = new Set<string>()
  if (!more(list)) fail(list, "empty extensions")
  while (more(list)) {
    const fields = open(list, tags.sequence, "an extension")
    const id = oid(fields)
    const critical = booleanDefaultFalse(fields)
    const value = open(fields, tags.octetString, "the value of an extension")
    close(fields)
    if (seen.has(id)) fail(fields, `extension ${id} is repeated`)
    seen.add(id)
    extensions.push({ oid: id, critical, value })
  }
  return extensions
}
