import { readFileSync, writeFileSync } from "node:fs"
import { type Counted, countedOf } from "./counted.ts"
import { documentOf } from "./document.ts"
import { tallyInParallel } from "./parallel.ts"
import { shownNames } from "./products.ts"

/** What is written, or compared with what is there. */
export const countedFile: URL = new URL("../../src/differences/counted.json", import.meta.url)
export const documentFile: URL = new URL("../../DIFFERENCES.md", import.meta.url)

const usage = "countersign-spec differences [--check]\n"

/** Counts every state and writes the document; with `--check`, compares instead and exits with 1 if it differs. */
export async function main(args: readonly string[]): Promise<void> {
  const check = args.includes("--check")
  if (args.some((arg) => arg !== "--check")) {
    process.stderr.write(usage)
    process.exitCode = 2
    return
  }
  const started = performance.now()
  const counted = countedOf(await tallyInParallel(shownNames, 2))
  const files = [
    [countedFile, textOf(counted)],
    [documentFile, documentOf(counted)],
  ] as const
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const states = Object.values(counted.states).reduce((all, one) => all + one, 0)
  process.stdout.write(`${states.toLocaleString("en")} states in ${seconds} s\n`)
  for (const [file, text] of files) {
    if (!check) writeFileSync(file, text)
    else if (readFileSync(file, "utf8") !== text) {
      process.stdout.write(`${file.pathname} is not what is counted now\n`)
      process.exitCode = 1
    }
  }
}

export function textOf(counted: Counted): string {
  return `${JSON.stringify(counted, null, 2)}\n`
}
