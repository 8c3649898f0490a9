import { type Reason, type Response, reasons } from "@countersign/engine"
import { below, type Place, problem, type Report } from "../problem.ts"
import type { GatewayDocument } from "./schema.ts"

type Overrides = Partial<Record<Reason, Partial<Response>>>

/** `override_messages` (SEMANTICS §1.9): 0 and "" keep what the catalogue says. */
export function overridesOf(document: GatewayDocument, place: Place, report: Report): Overrides {
  const overrides: Overrides = {}
  for (const [id, { code = 0, message = "" }] of Object.entries(document.override_messages ?? {})) {
    const reason = reasons.find((known) => known === id)
    if (reason === undefined) {
      const remedy = "none: no answer given here has this id"
      report(problem("settings.override_ignored", below(place, id), "this id is unknown", remedy))
    } else if (code !== 0 && !(Number.isInteger(code) && code >= 400 && code <= 599)) {
      const text = "a denial with this status would read as something else"
      report(problem("settings.override", below(place, id, "code"), text, "use 400 to 599, or 0"))
    } else {
      overrides[reason] = {
        ...(code !== 0 && { status: code }),
        ...(message !== "" && { message }),
      }
    }
  }
  return overrides
}
