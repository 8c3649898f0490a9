import {
  close,
  contents,
  contextTag,
  fail,
  more,
  nextTag,
  open,
  type Reader,
  skip,
  tags,
} from "../der/reader.ts"
import { asciiText } from "../der/text.ts"
import { oid } from "../der/values.ts"
import { type Name, readName } from "./name.ts"

/** A name of RFC 5280 §4.2.1.6. Texts are IA5 as written; whether they are well-formed names is judged by path validation. */
export type GeneralName =
  | { readonly _tag: "Dns"; readonly text: string }
  | { readonly _tag: "Email"; readonly text: string }
  | { readonly _tag: "Uri"; readonly text: string }
  | { readonly _tag: "Ip"; readonly octets: Uint8Array }
  | { readonly _tag: "Directory"; readonly name: Name }
  | { readonly _tag: "Other"; readonly type: number; readonly bytes: Uint8Array }

const email = contextTag(1, "primitive")
const dns = contextTag(2, "primitive")
const directory = contextTag(4, "constructed")
const uri = contextTag(6, "primitive")
const ip = contextTag(7, "primitive")
const registeredId = contextTag(8, "primitive")
const otherName = contextTag(0, "constructed")
const x400Address = contextTag(3, "constructed")
const ediPartyName = contextTag(5, "constructed")

export function readGeneralName(reader: Reader): GeneralName {
  const tag = nextTag(reader)
  switch (tag) {
    case email:
      return { _tag: "Email", text: ia5(reader, tag) }
    case dns:
      return { _tag: "Dns", text: ia5(reader, tag) }
    case uri:
      return { _tag: "Uri", text: ia5(reader, tag) }
    case ip:
      return { _tag: "Ip", octets: contents(reader, tag, "an address") }
    case directory:
      return { _tag: "Directory", name: directoryName(reader) }
    default:
      return { _tag: "Other", type: tag & 0x1f, bytes: other(reader, tag) }
  }
}

/** `GeneralNames` under any tag. */
export function readGeneralNames(reader: Reader, tag: number = tags.sequence): GeneralName[] {
  const sequence = open(reader, tag, "general names")
  const names: GeneralName[] = []
  while (more(sequence)) names.push(readGeneralName(sequence))
  return names
}

function ia5(reader: Reader, tag: number): string {
  const at = reader.at
  const text = asciiText(contents(reader, tag, "a name"))
  if (text === undefined) fail(reader, "name is not IA5", at)
  return text ?? ""
}

function directoryName(reader: Reader): Name {
  const inner = open(reader, directory, "a directory name")
  const name = readName(inner)
  close(inner)
  return name
}

function other(reader: Reader, tag: number): Uint8Array {
  const start = reader.at
  if (tag === otherName) {
    const inner = open(reader, tag, "another name")
    oid(inner)
    const value = open(inner, contextTag(0, "constructed"), "the value of another name")
    skip(value)
    close(value)
    close(inner)
  } else if (tag === registeredId) {
    oid(reader, tag)
  } else if (tag === x400Address || tag === ediPartyName) {
    skip(reader)
  } else {
    fail(reader, "unknown type of name")
  }
  return reader.source.bytes.subarray(start, reader.at)
}
