export { run } from "./run.ts"
export { OperatorError, type Terminal } from "./terminal.ts"
