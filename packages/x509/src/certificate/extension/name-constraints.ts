import {
  close,
  contextTag,
  more,
  nextTag,
  open,
  type Reader,
  skip,
  tags,
} from "../../der/reader.ts"
import { type GeneralName, readGeneralName } from "../general-name.ts"

export interface NameConstraints {
  /** Undefined if the field is absent; an empty field is kept as an empty list. */
  readonly permitted: readonly Subtree[] | undefined
  readonly excluded: readonly Subtree[] | undefined
}

export interface Subtree {
  readonly base: GeneralName
  /** `minimum` or `maximum` is present, which RFC 5280 forbids. */
  readonly ranged: boolean
}

/** RFC 5280 §4.2.1.10; whether the constraints make sense is judged where they are applied. */
export function readNameConstraints(reader: Reader): NameConstraints {
  const fields = open(reader, tags.sequence, "name constraints")
  const permitted = subtrees(fields, contextTag(0, "constructed"))
  const excluded = subtrees(fields, contextTag(1, "constructed"))
  close(fields)
  return { permitted, excluded }
}

function subtrees(fields: Reader, tag: number): readonly Subtree[] | undefined {
  if (nextTag(fields) !== tag) return undefined
  const list = open(fields, tag, "subtrees")
  const found: Subtree[] = []
  while (more(list)) found.push(subtree(list))
  return found
}

function subtree(list: Reader): Subtree {
  const fields = open(list, tags.sequence, "a subtree")
  const base = readGeneralName(fields)
  const ranged = more(fields)
  while (more(fields)) skip(fields)
  return { base, ranged }
}
