import type { DecisionVector } from "./vector.ts"

/** A file of one vector, every part written in full: what a run prints can be run again. */
export function writeCase(vector: DecisionVector, about: string = vector.sentence): string {
  const file = { $schema: "../decisions.schema.json", about, vectors: [vector] }
  return `${JSON.stringify(file, null, 2)}\n`
}
