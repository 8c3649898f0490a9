import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { root } from "../root.ts"
import { type Result, type SectionName, sectionNames } from "./result.ts"

/** Writes one section; the others stay, so that a run can go on where it was broken off. */
export function writeResult(result: Result): void {
  mkdirSync(new URL("results/", root), { recursive: true })
  writeFileSync(fileOf(result.section), `${jsonText(result)}\n`)
}

/** Lists of words on one line, as the formatter of the repository wants them. */
function jsonText(result: Result): string {
  return JSON.stringify(result, null, 2).replaceAll(
    /\[\s+("[^"]*"(?:,\s+"[^"]*")*)\s+\]/g,
    (_, words) => `[${String(words).replaceAll(/\s+"/g, ' "')}]`,
  )
}

/** The latest of every section that was ever measured, in their order. */
export function readResults(): readonly Result[] {
  return sectionNames
    .map(fileOf)
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, "utf8")))
}

function fileOf(section: SectionName): URL {
  return new URL(`results/${section}.json`, root)
}
