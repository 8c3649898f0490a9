import { filesOfSuite, vectorsOf } from "../run/suite.ts"
import { type ExchangeCase, readExchanges } from "../vectors/read-exchanges.ts"

/** The exchanges that come with the suite, or those of some of its files; problems are thrown. */
export function exchangesOfSuite(
  isWanted = (_path: string): boolean => true,
): readonly ExchangeCase[] {
  return vectorsOf(readExchanges(filesOfSuite("exchanges").filter(isWanted)))
}
