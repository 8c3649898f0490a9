import { writeFileSync } from "node:fs"
import { exchangesSchema } from "./exchange-schema.ts"

/** Formatting the file is left to the formatter of the repository. */
const file = new URL("../../vectors/exchanges.schema.json", import.meta.url)
writeFileSync(file, `${JSON.stringify(exchangesSchema(), null, 2)}\n`)
