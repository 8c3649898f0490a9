import { problem, type Report } from "../problem.ts"
import type { ListedRevocationList } from "./list-file.ts"
import type { RevocationChoice } from "./mode.ts"

/** Reports lists that cannot show, or not now, that a certificate is good; `now` in epoch milliseconds. */
export function checkLists(
  listed: readonly ListedRevocationList[],
  now: number,
  report: Report,
): void {
  for (const { list, place } of listed) {
    const { thisUpdate, nextUpdate, incomplete } = list
    if (incomplete !== undefined) {
      const message = `this list revokes, but shows nobody to be good: ${incomplete}`
      report(problem("revocation.incomplete", place, message, "give a full list with both dates"))
    }
    if (thisUpdate > now) {
      const message = `this list is of the future (${timeOf(thisUpdate)}): it does not count yet`
      report(problem("revocation.not_yet_valid", place, message, "check the clock and the list"))
    } else if (nextUpdate !== undefined && nextUpdate < now) {
      const message = `this list is stale: the next one was due on ${timeOf(nextUpdate)}`
      const remedy = "fetch the next one; until then `hard` refuses what its authority issued"
      report(problem("revocation.stale", place, message, remedy))
    }
  }
}

/** Reports choices that would take effect only with lists or APIs that are not there. */
export function checkChoice(
  choice: RevocationChoice | undefined,
  listed: readonly ListedRevocationList[],
  apiIds: ReadonlySet<string>,
  report: Report,
): void {
  if (choice === undefined) return
  const place = { file: "crls", place: "$" }
  const named = typeof choice === "string" ? [] : Object.keys(choice)
  for (const apiId of named.filter((one) => !apiIds.has(one))) {
    const message = `revocation is chosen for \`${apiId}\`, which is not served`
    report(problem("revocation.unknown_api", place, message, "correct the API's id"))
  }
  const modes = typeof choice === "string" ? [choice] : Object.values(choice)
  if (listed.length > 0 || modes.every((mode) => mode === "off")) return
  const message = "revocation is to be checked, but there is no revocation list"
  const remedy = "put the lists of the authorities into the folder `crls`"
  report(problem("revocation.no_lists", place, message, remedy))
}

function timeOf(time: number): string {
  return new Date(time).toISOString().replace(".000", "")
}
