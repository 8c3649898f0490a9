import { bytesPerCall } from "../measure/bytes.ts"
import { decisionCases } from "./cases.ts"
import { decisionSubject, floorSubject } from "./subjects.ts"

/** A process of its own: the large space for new objects would make the timed runs slower. */
const subjects = [floorSubject(), ...decisionCases().map(decisionSubject)]
for (const { run } of [...subjects, ...subjects]) await run(100_000)
const bytes: Record<string, number> = {}
for (const subject of subjects) bytes[subject.name] = Math.round(await bytesPerCall(subject))
process.send?.(bytes)
