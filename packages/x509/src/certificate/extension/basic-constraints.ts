import { close, nextTag, open, type Reader, tags } from "../../der/reader.ts"
import { booleanDefaultFalse, count } from "../../der/values.ts"

export interface BasicConstraints {
  readonly ca: boolean
  /** How many intermediates that are not self-issued may follow; undefined for no limit. */
  readonly pathLength: number | undefined
}

/** RFC 5280 §4.2.1.9. */
export function readBasicConstraints(reader: Reader): BasicConstraints {
  const fields = open(reader, tags.sequence, "basic constraints")
  const ca = booleanDefaultFalse(fields)
  const pathLength = nextTag(fields) === tags.integer ? count(fields) : undefined
  close(fields)
  return { ca, pathLength }
}
