import { byAuthor } from "./by-author.ts"
import { byReviewer } from "./by-reviewer.ts"
import type { SeededFault } from "./fault.ts"

export const seededFaults: readonly SeededFault[] = [...byAuthor, ...byReviewer]
