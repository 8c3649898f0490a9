import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"

/** What has the wrong shape, and where. */
export interface Fault {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

export type Decode<A> = (value: unknown) => { readonly value: A } | readonly Fault[]

/** Makes a decoder that reports everything of the wrong shape, members that are not known included. */
export function decoder<S extends Schema.Decoder<unknown>>(schema: S): Decode<S["Type"]> {
  const decode = Schema.decodeUnknownResult(schema, { errors: "all", onExcessProperty: "error" })
  const issues = SchemaIssue.makeFormatterStandardSchemaV1()
  return (value) => {
    const result = decode(value)
    if (Result.isSuccess(result)) return { value: result.success }
    return issues(result.failure.issue).issues.map(({ path = [], message }) => ({
      path: path.map((step) => (typeof step === "object" ? step.key : step)),
      message,
    }))
  }
}
