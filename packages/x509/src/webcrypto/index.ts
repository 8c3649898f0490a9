export type { ImportAlgorithm, Subtle, VerifyAlgorithm } from "./subtle.ts"
export { isVerified, verify } from "./verify.ts"
export { verifyPaths } from "./verify-paths.ts"
