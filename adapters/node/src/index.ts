export { type ProtectOptions, verdictOf } from "./gate.ts"
export type { NodeServer } from "./node-server.ts"
export { protect, protectSideEntrances } from "./protect.ts"
export { createProtectedServer } from "./server.ts"
