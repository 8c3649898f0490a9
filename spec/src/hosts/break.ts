import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { startVitest } from "vitest/node"
import { type Fault, faults } from "./faults.ts"

/**
 * Runs the tests of hosts and adapters with one fault after the other, and names the test that
 * notices it: `npx tsx spec/src/hosts/break.ts [text of a name]`. The fault is made while a module is
 * loaded; no file is changed. Exits with 1 if a fault goes unnoticed.
 */
const root = fileURLToPath(new URL("../../../", import.meta.url))
const condition = "@countersign/source"
const [wanted = ""] = process.argv.slice(2)

for (const fault of faults) requireCurrent(fault)
const unnoticed: string[] = []
for (const fault of faults.filter(({ name }) => name.includes(wanted))) {
  const noticedBy = await tryOut(fault)
  process.stdout.write(`${fault.name}: ${noticedBy ?? "NOT NOTICED"}\n`)
  if (noticedBy === undefined) unnoticed.push(fault.name)
}
process.exit(unnoticed.length === 0 ? 0 : 1)

function pathOf({ file }: Fault): string {
  return `${root}adapters/${file}`
}

function requireCurrent(fault: Fault): void {
  const source = readFileSync(pathOf(fault), "utf8")
  if (!source.includes(fault.from)) throw new TypeError(`stale: ${fault.name}`)
}

async function tryOut(fault: Fault): Promise<string | undefined> {
  const path = pathOf(fault)
  const vitest = await startVitest(
    "test",
    [],
    {
      root,
      config: false,
      watch: false,
      bail: 1,
      reporters: [{}],
      include: ["spec/test/hosts*.test.ts", "adapters/*/test/*.test.ts"],
    },
    {
      resolve: { conditions: [condition] },
      ssr: { resolve: { conditions: [condition] } },
      plugins: [
        {
          name: "fault",
          enforce: "pre",
          transform: (code, id) => (id === path ? code.replace(fault.from, fault.to) : undefined),
        },
      ],
    },
  )
  const [failed] = vitest.state.getFiles().flatMap(({ tasks }) => failures(tasks))
  const crash = vitest.state.getUnhandledErrors().length > 0 ? "an unhandled error" : undefined
  await vitest.close()
  return failed ?? crash
}

interface Task {
  readonly type: string
  readonly name: string
  readonly result?: { readonly state: string }
  readonly tasks?: readonly Task[]
}

function failures(tasks: readonly Task[]): string[] {
  return tasks.flatMap((task) => {
    const inner = failures(task.tasks ?? []).map((name) => `${task.name} > ${name}`)
    const isFailed = task.type === "test" && task.result?.state === "fail"
    return isFailed ? [task.name] : inner
  })
}
