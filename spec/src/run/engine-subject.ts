import { decide, policy } from "@countersign/engine"
import type { Subject } from "../subject.ts"

/** The engine of this workspace, in this process. */
export const engineSubject: Subject = { name: "@countersign/engine", policy, decide }
