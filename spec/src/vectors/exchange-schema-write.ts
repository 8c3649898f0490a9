import { writeFileSync } from "node:fs"
import { exchangesSchema } from "./exchange-schema.ts"

writeFileSync(new URL("../../vectors/exchanges.schema.json", import.meta.url), exchangesSchema())
