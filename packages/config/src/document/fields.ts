import * as Schema from "effect/Schema"

// Go writes `null` for a list or an object that was never set, but never for a flag, a number or a text.

/** A flag that may be absent. */
export const flag: Schema.optionalKey<Schema.Boolean> = Schema.optionalKey(Schema.Boolean)
/** A text that may be absent. */
export const text: Schema.optionalKey<Schema.String> = Schema.optionalKey(Schema.String)
/** A list of texts that may be absent or null. */
export const texts: Schema.optionalKey<Schema.NullOr<Schema.$Array<Schema.String>>> =
  Schema.optionalKey(Schema.NullOr(Schema.Array(Schema.String)))
