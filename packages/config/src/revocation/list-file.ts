import {
  type RevocationList,
  readPemRevocationLists,
  readRevocationList,
} from "@countersign/x509/revocation"
import { type Place, problem, type Report } from "../problem.ts"

/** A revocation list and the file it stands in. */
export interface ListedRevocationList {
  readonly list: RevocationList
  readonly place: Place
}

/**
 * Reads the revocation lists of a file, DER or PEM; undefined where one cannot be read or would not count,
 * with the reason reported: whoever put it there counts on it.
 */
export function readListFile(
  bytes: Uint8Array,
  place: Place,
  report: Report,
): readonly ListedRevocationList[] | undefined {
  const ders = isDer(bytes) ? [bytes] : readPemLists(bytes, place, report)
  const lists = ders?.map((der) => readOne(der, place, report)) ?? []
  const readable = lists.filter((list) => list !== undefined)
  return ders === undefined || readable.length < lists.length ? undefined : readable
}

function isDer(bytes: Uint8Array): boolean {
  return bytes[0] === 0x30
}

function readPemLists(
  bytes: Uint8Array,
  place: Place,
  report: Report,
): readonly Uint8Array[] | undefined {
  const { lists, problems } = readPemRevocationLists(Buffer.from(bytes).toString("latin1"))
  const [first] = problems
  if (first === undefined && lists.length > 0) return lists
  const message =
    first === undefined
      ? "there is no revocation list in this file, neither DER nor PEM"
      : `PEM, line ${first.line}: ${first.problem}`
  report(problem("revocation.unreadable", place, message, remedy))
  return undefined
}

function readOne(der: Uint8Array, place: Place, report: Report): ListedRevocationList | undefined {
  const list = readRevocationList(der)
  if (list._tag === "Malformed") {
    const message = `the revocation list is not valid DER: ${list.problem}`
    report(problem("revocation.unreadable", place, message, remedy))
    return undefined
  }
  if (list.foreign === undefined) return { list, place }
  const message = `the entries of this list would not count: ${list.foreign}`
  report(problem("revocation.not_supported", place, message, "give the authority's own full list"))
  return undefined
}

const remedy = "fetch the list again from its authority, or remove the file"
