import { isRecord, own } from "../document/record.ts"
import { below, type Place, problem, type Report, shown } from "../problem.ts"
import { isNarrowed } from "./narrowed.ts"

export interface RightsContext {
  /** `allow_master_keys`: a session without access rights may use every API. */
  readonly allowMasterKeys: boolean
  /** The versions between which an API tells apart. */
  readonly versionsOf: (apiId: string) => readonly string[] | "not_versioned" | "unsaid"
}

/** The APIs that a session may use; undefined if its policies, which are not known here, decide. */
export function readRights(
  session: Readonly<Record<string, unknown>>,
  place: Place,
  context: RightsContext,
  report: Report,
): readonly string[] | "all" | undefined {
  if (hasPolicies(session)) {
    const message =
      "the session takes its rights from policies, which cannot be read here; it is unknown"
    const remedy = "write the rights into `access_rights` and empty `apply_policies`"
    report(problem("session.policies", below(place, "apply_policies"), message, remedy))
    return undefined
  }
  const rights = own(session, "access_rights")
  const at = below(place, "access_rights")
  if (rights !== undefined && !isRecord(rights)) {
    const message = "`access_rights` is not an object: the session may use no API"
    report(problem("session.no_rights", at, message, "name the APIs in `access_rights`"))
    return []
  }
  const apis = Object.keys(rights ?? {})
  if (apis.length === 0 && context.allowMasterKeys) return "all"
  if (apis.length === 0) {
    const message = "the session may use no API"
    const remedy = "name APIs, or set `allow_master_keys` if no rights are to mean all of them"
    report(problem("session.no_rights", at, message, remedy))
  }
  return apis.filter((apiId) => {
    const found = reservation(apiId, own(rights ?? {}, apiId), context)
    if (found === undefined) return true
    const { why, remedy = wholeRemedy } = found
    report(problem("session.right", below(at, apiId), `${why}; it is no right here`, remedy))
    return false
  })
}

const wholeRemedy = "give the whole API, or keep this session behind a gateway that checks the rest"

/** Go writes null for a list that was never set. */
function hasPolicies(session: Readonly<Record<string, unknown>>): boolean {
  const list = own(session, "apply_policies") ?? []
  const single = own(session, "apply_policy_id") ?? ""
  return !(Array.isArray(list) && list.length === 0) || single !== ""
}

interface Reservation {
  readonly why: string
  readonly remedy?: string
}

function reservation(
  apiId: string,
  right: unknown,
  context: RightsContext,
): Reservation | undefined {
  if (!isRecord(right)) return { why: "the right is not an object" }
  const named = own(right, "api_id")
  if (named !== undefined && named !== "" && named !== apiId) {
    const name = shown(apiId)
    const why = `the right stands under \`${name}\`, but its \`api_id\` names another API`
    return {
      why,
      remedy: `change \`api_id\` to \`${name}\`, or \`${name}\` to what \`api_id\` says`,
    }
  }
  if (isNarrowed(right)) {
    return { why: "the right is narrowed by something that is not checked here" }
  }
  return coversVersions(own(right, "versions") ?? [], context.versionsOf(apiId))
    ? undefined
    : { why: "the right is for some versions of the API, which are not told apart here" }
}

function coversVersions(
  granted: unknown,
  versions: readonly string[] | "not_versioned" | "unsaid",
): boolean {
  if (!Array.isArray(granted)) return false
  if (versions === "not_versioned") return true
  if (versions === "unsaid" || versions.length === 0) {
    return granted.every((version) => version === "Default")
  }
  return versions.every((version) => granted.includes(version))
}
