import { type Checked, measure } from "./check/check.ts"
import { decisionChecks } from "./check/decisions.ts"
import { requestChecks } from "./check/requests.ts"
import { slowGuard } from "./check/slow-guard.ts"
import { numberText } from "./report/format.ts"

const usage = `bench:check [--slow]

Ratios of things that were measured in turn in this process; each line has the median of seven, its
limit, and all seven. Ends with 1 if a median is beyond its limit.

--slow  the other way round: with a guard that reads the certificate on every request. Ends with 1 if
        that is not noticed.
`

const args = process.argv.slice(2)
const isSlow = args.includes("--slow")

if (args.some((arg) => arg !== "--slow")) {
  process.stdout.write(usage)
  process.exitCode = args.includes("--help") ? 0 : 2
} else if (isSlow) {
  const checks = await requestChecks(slowGuard)
  // At first sight the chain is read in any case.
  const unnoticed = (await all(checks.slice(0, -1))).filter(({ isKept }) => isKept)
  end(unnoticed.length, "not noticed", "the slow guard was noticed by every ratio that reads one")
} else {
  const checked = await all([...decisionChecks(), ...(await requestChecks((guard) => guard))])
  end(checked.filter(({ isKept }) => !isKept).length, "beyond the limit", "every ratio is kept")
}

async function all(checks: readonly Parameters<typeof measure>[0][]): Promise<readonly Checked[]> {
  const done: Checked[] = []
  for (const check of checks) {
    const checked = await measure(check)
    process.stdout.write(lineOf(checked))
    done.push(checked)
  }
  return done
}

function lineOf({ name, limit, because, isKept, median, ratios }: Checked): string {
  const digits = limit < 1 ? 3 : 2
  const seven = ratios.map((ratio) => numberText(ratio, digits)).join("  ")
  const middle = numberText(median, digits)
  return `${isKept ? "kept  " : "BEYOND"} ${name}\n       ${middle} of at most ${limit} (${because})\n       ${seven}\n`
}

function end(wrong: number, what: string, otherwise: string): void {
  process.stdout.write(wrong > 0 ? `${wrong} ${what}\n` : `${otherwise}\n`)
  process.exitCode = wrong > 0 ? 1 : 0
}
