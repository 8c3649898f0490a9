import { writeFileSync } from "node:fs"
import { decisionsSchema } from "./decisions-schema.ts"

writeFileSync(new URL("../../vectors/decisions.schema.json", import.meta.url), decisionsSchema())
