import {
  prepareRevocationLists,
  type RevocationList,
  type RevocationLists,
} from "@countersign/x509/revocation"
import type { ListedRevocationList } from "./list-file.ts"

/** Finds or prepares lists, the same object as long as they are the same; `"none"` where there are none. */
export type PrepareLists = (listed: readonly ListedRevocationList[]) => RevocationLists | "none"

/** Remembers the last lists, whose object guards remember answers by. */
export function rememberLists(): PrepareLists {
  let last: readonly RevocationList[] = []
  let prepared: RevocationLists | "none" = "none"
  return (listed) => {
    const lists = listed.map(({ list }) => list)
    if (!isSame(last, lists)) {
      prepared = lists.length === 0 ? "none" : prepareRevocationLists(lists)
      last = lists
    }
    return prepared
  }
}

function isSame(a: readonly RevocationList[], b: readonly RevocationList[]): boolean {
  return a.length === b.length && a.every((list, i) => list === b[i])
}
