import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { readResults } from "../results/files.ts"
import { root } from "../root.ts"
import { chartSvg, themeNames } from "./chart.ts"
import { readme } from "./readme.ts"

/** Writes `bench/README.md` and its charts from the latest results; says what it wrote. */
export function writeReport(): string {
  const results = readResults()
  const charts = new URL("charts/", root)
  // Charts that no result has any more must not stay.
  rmSync(charts, { recursive: true, force: true })
  mkdirSync(charts)
  let drawn = 0
  for (const table of results.flatMap(({ tables }) => tables)) {
    const { chart } = table
    if (chart === undefined) continue
    for (const theme of themeNames) {
      writeFileSync(new URL(`${chart.id}.${theme}.svg`, charts), chartSvg(table, chart, theme))
    }
    drawn++
  }
  writeFileSync(new URL("README.md", root), readme(results))
  return `bench/README.md: ${results.length} sections, ${drawn} charts\n`
}
