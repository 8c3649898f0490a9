import * as Schema from "effect/Schema"
import { ExchangeDocument } from "./exchange.ts"

/** What stands in `vectors/exchanges.schema.json`: JSON Schema 2020-12 of a file of exchanges. */
export function exchangesSchema(): object {
  const { schema, definitions } = Schema.toJsonSchemaDocument(ExchangeDocument, {
    onExcessProperty: "error",
  })
  const $schema = "https://json-schema.org/draft/2020-12/schema"
  return { $schema, ...schema, $defs: definitions }
}
