import { below, type Place, problem, type Report, shown } from "../problem.ts"
import { refuseMechanism } from "./findings.ts"
import type { OpenApiDocument } from "./openapi-schema.ts"

/**
 * The alternatives of an API: each a list of schemes that must all succeed (SEMANTICS §1.8).
 *
 * In `compliant` mode every requirement is one; in `legacy` mode, the default, only the first counts.
 * Schemes that are not tokens, or not declared, are reported.
 */
export function requirementsOf(
  document: OpenApiDocument,
  place: Place,
  report: Report,
): readonly (readonly string[])[] {
  const { authentication = {} } = document["x-tyk-api-gateway"].server
  const mode = authentication.securityProcessingMode ?? ""
  if (mode !== "" && mode !== "legacy" && mode !== "compliant") {
    const at = below(place, "securityProcessingMode")
    report(problem("document.type", at, "this mode is unknown", "use `legacy` or `compliant`"))
  }
  const requirements = (document.security ?? []).map((group) => Object.keys(group))
  const own = authentication.security ?? []
  const all = mode === "compliant" ? [...requirements, ...own] : requirements.slice(0, 1)
  for (const name of new Set(all.flat())) checkScheme(document, name, place, report)
  if (mode === "compliant" && all.some((group) => group.length === 0)) {
    const message = "an empty requirement would let everyone in"
    const remedy = "remove it, or disable authentication if the API is to be keyless"
    report(problem("api.contradiction", below(place, "security"), message, remedy))
  }
  return all
}

function checkScheme(
  { components }: OpenApiDocument,
  name: string,
  place: Place,
  report: Report,
): void {
  const schemes = components?.securitySchemes ?? {}
  const declared = Object.hasOwn(schemes, name) ? schemes[name] : undefined
  if (declared?.type === "apiKey") return
  const what = declared === undefined ? "undeclared scheme" : "scheme"
  refuseMechanism(`${what} \`${shown(name)}\``, below(place, "securitySchemes", name), report)
}
