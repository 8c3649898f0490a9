import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"
import { below, type Place, problem, type Report } from "../problem.ts"

/** Decodes a value that stands at `place`; reports everything that has the wrong type. */
export type Decoder<A> = (value: unknown, place: Place, report: Report) => A | undefined

/** Makes a decoder of documents; members that the schema does not name are left out. */
export function decoder<S extends Schema.Decoder<unknown>>(schema: S): Decoder<S["Type"]> {
  const decode = Schema.decodeUnknownResult(schema, { errors: "all" })
  const issues = SchemaIssue.makeFormatterStandardSchemaV1()
  return (value, place, report) => {
    const result = decode(value)
    if (Result.isSuccess(result)) return result.success
    for (const { path = [], message } of issues(result.failure.issue).issues) {
      const steps = path.map((step) => (typeof step === "object" ? step.key : step))
      report(problem("document.type", below(place, ...steps), message, remedyFor(message)))
    }
    return undefined
  }
}

function remedyFor(message: string): string {
  return message === "Missing key" ? "add the member" : "give the member this type"
}
