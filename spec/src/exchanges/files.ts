import { readdirSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { type ExchangeCase, readExchanges } from "../vectors/read-exchanges.ts"

const folder = fileURLToPath(new URL("../../vectors/exchanges/", import.meta.url))

/** The exchanges that come with the suite, or those of one of its files; problems are a `TypeError`. */
export function exchangesOfSuite(
  isWanted = (_name: string): boolean => true,
): readonly ExchangeCase[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"))
  const read = readExchanges(
    names
      .toSorted()
      .filter(isWanted)
      .map((name) => folder + name),
  )
  if (read._tag === "vectors") return read.vectors
  const [first] = read.problems
  throw new TypeError(`${first?.file}:${first?.line}: ${first?.message}`)
}
