import { writeFileSync } from "node:fs"
import { coverageText } from "./coverage.ts"

writeFileSync(new URL("../../../coverage.json", import.meta.url), coverageText())
