export type { Answer, Cannot, Driver, Exchange } from "./drivers/driver.ts"
export { createDriver, type DriverName, driverNames, openDriver } from "./drivers/index.ts"
export type {
  LoadedApi,
  LoadedGateway,
  LoadedSession,
  LoadedWorld,
  StoredCertificate,
} from "./drivers/loaded-world.ts"
export { type Address, requestTo } from "./drivers/request-to.ts"
export { type ExchangeOptions, type ExchangeOutcome, runExchanges } from "./exchanges/run.ts"
export { type CheckOptions, checkLaw, type Law, type LawResult, laws } from "./laws/index.ts"
export { engineSubject } from "./run/engine-subject.ts"
export { moduleSubject } from "./run/module-subject.ts"
export { filesOfSuite } from "./run/suite.ts"
export type { Subject } from "./subject.ts"
export { checkDecision } from "./vectors/check-decision.ts"
export { policyInputOf, requestOf } from "./vectors/concretise-case.ts"
export type { DecisionCase } from "./vectors/decision-case.ts"
export type { ExchangeVector } from "./vectors/exchange.ts"
export type { Problem, Read } from "./vectors/problem.ts"
export { readDecisionFile, readDecisions } from "./vectors/read-decisions.ts"
export { type ExchangeCase, readExchangeFile, readExchanges } from "./vectors/read-exchanges.ts"
export type { Allowed, DecisionVector, Described, Refused } from "./vectors/vector.ts"
export { writeCase } from "./vectors/write-case.ts"
