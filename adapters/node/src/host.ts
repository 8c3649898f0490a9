/** What the adapters for frameworks are made of; applications need none of it. */
export type { Message } from "./facts.ts"
export { admit, createGate, type Gate, judge, type ProtectOptions } from "./gate.ts"
export { protectSideEntrances } from "./protect.ts"
export { stripTarget } from "./strip.ts"
