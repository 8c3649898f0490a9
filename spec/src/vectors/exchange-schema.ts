import * as Schema from "effect/Schema"
import { ExchangeDocument } from "./exchange.ts"

/** The text of `vectors/exchanges.schema.json`: JSON Schema 2020-12 of a file of exchanges. */
export function exchangesSchema(): string {
  const { schema, definitions } = Schema.toJsonSchemaDocument(ExchangeDocument, {
    onExcessProperty: "error",
  })
  const $schema = "https://json-schema.org/draft/2020-12/schema"
  return `${JSON.stringify({ $schema, ...schema, $defs: definitions }, null, 2)}\n`
}
