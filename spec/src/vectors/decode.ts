import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"

/** What has the wrong shape, and where. */
export interface Fault {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

export type Decode<A> = (value: unknown) => { readonly value: A } | readonly Fault[]

/**
 * Makes a decoder that reports everything of the wrong shape, members that are not known included; of
 * a choice of shapes, what is wrong with the one that was meant.
 */
export function decoder<S extends Schema.Decoder<unknown>>(schema: S): Decode<S["Type"]> {
  const decode = Schema.decodeUnknownResult(schema, { errors: "all", onExcessProperty: "error" })
  return (value) => {
    const result = decode(value)
    if (Result.isSuccess(result)) return { value: result.success }
    const faults = faultsOf(result.failure.issue, []).map(({ path, message }) => ({
      path,
      message: `${message}${found(value, path, message)}`,
    }))
    return different(faults)
  }
}

const format = SchemaIssue.makeFormatterStandardSchemaV1()

function faultsOf(issue: SchemaIssue.Issue, path: readonly PropertyKey[]): readonly Fault[] {
  if (issue._tag === "Pointer") return faultsOf(issue.issue, [...path, ...issue.path])
  if (issue._tag === "Composite") return issue.issues.flatMap((one) => faultsOf(one, path))
  if (issue._tag === "AnyOf" && issue.issues.length > 0) {
    return meant(issue.issues).flatMap((one) => faultsOf(one, path))
  }
  return format(issue).issues.map(({ path: below = [], message }) => ({
    path: [...path, ...below.map((step) => (typeof step === "object" ? step.key : step))],
    message,
  }))
}

/** The shapes of a choice whose members are most nearly those that were written. */
function meant(shapes: readonly SchemaIssue.Issue[]): readonly SchemaIssue.Issue[] {
  const least = Math.min(...shapes.map(misnamed))
  return shapes.filter((shape) => misnamed(shape) === least)
}

/** Members of a shape, not of its parts, that are missing or not known. */
function misnamed(shape: SchemaIssue.Issue): number {
  if (shape._tag !== "Composite") return 0
  return shape.issues.filter(
    (one) =>
      one._tag === "Pointer" &&
      (one.issue._tag === "MissingKey" || one.issue._tag === "UnexpectedKey"),
  ).length
}

const LONGEST = 60

/** What stands there instead, where that can be told in a few words. */
function found(value: unknown, path: readonly PropertyKey[], message: string): string {
  if (!message.startsWith("Expected ") || message.includes(", got ")) return ""
  if (message === "Expected no excess property") return ""
  const text = JSON.stringify(path.reduce(memberOf, value))
  if (text === undefined) return ""
  return `, got ${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}`
}

function memberOf(value: unknown, key: PropertyKey): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined
}

function different(faults: readonly Fault[]): readonly Fault[] {
  const byText = new Map(faults.map((fault) => [JSON.stringify(fault), fault]))
  return [...byText.values()]
}
