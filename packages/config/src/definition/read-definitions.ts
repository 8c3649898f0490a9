import { isRecord } from "../document/record.ts"
import { below, type Place, problem, type Report } from "../problem.ts"
import type { ApiDefinition } from "./api-definition.ts"
import { type ClassicOptions, readClassic } from "./classic.ts"

/** Reads the definitions of one document: one API, or a list of them. */
export function readDefinitions(
  value: unknown,
  place: Place,
  options: ClassicOptions,
  report: Report,
): readonly ApiDefinition[] {
  const list: readonly (readonly [unknown, Place])[] = Array.isArray(value)
    ? value.map((one: unknown, i) => [one, below(place, i)] as const)
    : [[value, place]]
  return list.flatMap(([one, at]) => {
    const definition = isRecord(one)
      ? readClassic(one, at, options, report)
      : unknownKind(at, report)
    return definition === undefined ? [] : [definition]
  })
}

function unknownKind(place: Place, report: Report): undefined {
  const remedy = "give an API definition, or a list of them"
  report(problem("file.unknown_kind", place, "this is not an API definition", remedy))
}
