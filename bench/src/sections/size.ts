import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { messageOf, start } from "../measure/child.ts"
import { median } from "../measure/statistics.ts"
import { progress } from "../report/progress.ts"
import type { Findings, Table } from "../results/result.ts"
import { bundledBytes } from "../size/bundle.ts"
import { ENGINE, type Entry, entries } from "../size/entries.ts"
import { runSection, type SectionOptions } from "./section.ts"

async function size(options: SectionOptions): Promise<Findings> {
  const folder = mkdtempSync(join(tmpdir(), "bench-size-"))
  try {
    return await sizeOf(await entries(folder), options)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function sizeOf(all: readonly Entry[], options: SectionOptions): Promise<Findings> {
  const times = await importTimes(
    all.map(({ from }) => from),
    options,
  )
  const decide = await bundledBytes(`export { decide } from "${ENGINE}"`, { own: false })
  const rows = []
  for (const { name, from } of all) {
    const code = `export * from "${name}"`
    rows.push({
      name,
      ms: median(times.get(from) ?? []),
      own: (await bundledBytes(code, { own: true })) / 1024,
      all: (await bundledBytes(code, { own: false })) / 1024,
    })
  }
  const engine = rows.find(({ name }) => name === ENGINE)
  const engineMs = engine?.ms ?? Number.NaN
  const table: Table = {
    title: "What an import costs",
    about:
      "`await import()` of every entry of every package in fresh processes, of the engine as it is " +
      "published (one file); and its code, minified and gzipped: the package's own, and with everything that it imports. " +
      `\`decide\` alone is ${(decide / 1024).toFixed(1)} KiB.`,
    columns: [
      { key: "name", label: "entry" },
      { key: "ms", label: "import, ms, median", digits: 1 },
      { key: "ratio", label: "to the engine", digits: 2 },
      { key: "own", label: "own code, KiB", digits: 1 },
      { key: "all", label: "with dependencies, KiB", digits: 1 },
    ],
    rows: rows.map((row) => ({ ...row, ratio: row.ms / engineMs })),
    chart: {
      id: "size",
      title: "Import in a fresh process, median",
      kind: "bars",
      x: "name",
      series: ["ms"],
      unit: "ms",
    },
  }
  return { tables: [table], measured: { "size.decide": decide, "size.engine.import": engineMs } }
}

/** One process at a time, every module in every round. */
async function importTimes(
  names: readonly string[],
  { quick }: SectionOptions,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const rounds = quick ? 3 : 15
  const times = new Map<string, number[]>(names.map((name) => [name, []]))
  const show = progress("size, imports")
  // The first round only fetches the files from the disk.
  for (let round = 0; round <= rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const milliseconds = await messageOf<number>(start("size/import-time.js", [name]))
      if (round > 0) times.get(name)?.push(milliseconds)
    }
    show(round / rounds)
  }
  return times
}

await runSection(size)
