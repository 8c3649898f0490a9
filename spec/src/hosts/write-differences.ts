import { mkdirSync, writeFileSync } from "node:fs"
import { exchangesOfSuite } from "../exchanges/files.ts"
import { differences } from "./differences.ts"

mkdirSync(new URL("../../hosts/", import.meta.url), { recursive: true })
writeFileSync(
  new URL("../../hosts/differences.md", import.meta.url),
  differences(exchangesOfSuite()),
)
