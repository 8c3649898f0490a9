export { NoGuardError, NotRootError, RouteConfigError, TooLateError } from "./errors.ts"
export { type CountersignHook, type CountersignOptions, createHook } from "./hook.ts"
export { countersign, countersign as default } from "./plugin.ts"
export type { RouteRule } from "./route-rule.ts"
