import { mkdirSync, writeFileSync } from "node:fs"
import { differences } from "./differences.ts"
import { rows } from "./rows/index.ts"

mkdirSync(new URL("../../hosts/", import.meta.url), { recursive: true })
writeFileSync(new URL("../../hosts/differences.md", import.meta.url), differences(rows))
