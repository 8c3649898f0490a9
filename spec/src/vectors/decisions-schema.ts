import * as Schema from "effect/Schema"
import { DecisionFile } from "./decision-file.ts"

/** The text of `vectors/decisions.schema.json`: JSON Schema 2020-12 of a file of decision vectors. */
export function decisionsSchema(): string {
  const { schema, definitions } = Schema.toJsonSchemaDocument(DecisionFile, {
    onExcessProperty: "error",
  })
  const $schema = "https://json-schema.org/draft/2020-12/schema"
  return `${JSON.stringify({ $schema, ...schema, $defs: definitions }, null, 2)}\n`
}
