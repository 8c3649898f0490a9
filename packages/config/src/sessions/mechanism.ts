import { own } from "../document/record.ts"
import { below, type Place, problem, type Report } from "../problem.ts"
import { isEmpty } from "./empty.ts"
import { mechanismMembers } from "./members.ts"

/**
 * Whether a session belongs to another mechanism than bearer tokens; reported where it does.
 *
 * Its key is then a user's name or the id of a key, which is no secret: whoever knows it could present it
 * as a token.
 */
export function hasOtherMechanism(
  session: Readonly<Record<string, unknown>>,
  place: Place,
  report: Report,
): boolean {
  const found = Object.entries(mechanismMembers).find(
    ([member]) => !isEmpty(own(session, member) ?? null),
  )
  if (found === undefined) return false
  const [member, name] = found
  const message = `the session is for ${name}, whose keys are no secret tokens; the session is unknown`
  const remedy = "remove it, or give its holder a token of its own"
  report(problem("session.mechanism", below(place, member), message, remedy))
  return true
}
