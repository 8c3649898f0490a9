export { type ProtectOptions, protect, verdictOf } from "./protect.ts"
export { createProtectedServer } from "./server.ts"
