/** Writes what is made from the vectors and their readers: schemas, coverage, and the differences of hosts. */
import { writeFileSync } from "node:fs"
import { exchangesOfSuite } from "./exchanges/files.ts"
import { differences } from "./hosts/differences.ts"
import { coverageText } from "./vectors/covered/coverage.ts"
import { decisionsSchema } from "./vectors/decisions-schema.ts"
import { exchangesSchema } from "./vectors/exchange-schema.ts"

write("vectors/decisions.schema.json", decisionsSchema())
write("vectors/exchanges.schema.json", `${JSON.stringify(exchangesSchema(), null, 2)}\n`)
write("coverage.json", coverageText())
write("hosts/differences.md", differences(exchangesOfSuite()))

function write(file: string, text: string): void {
  writeFileSync(new URL(`../${file}`, import.meta.url), text)
}
