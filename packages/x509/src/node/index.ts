export { sha256 } from "./sha256.ts"
export { isVerified, verify } from "./verify.ts"
export { verifyPaths } from "./verify-paths.ts"
