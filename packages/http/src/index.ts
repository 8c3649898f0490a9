export { stripBearer } from "./bearer.ts"
export { type CanonicalKey, canonicalKey } from "./canonical-key.ts"
export { isComputable, isComputableKey } from "./computable-key.ts"
export { cookieValue, stripCookie } from "./cookie.ts"
export { extractToken, presentedValue, readToken } from "./extract-token.ts"
export {
  type Host,
  type HostProblem,
  type HostReading,
  normaliseHost,
  normaliseServerName,
} from "./host.ts"
export { type HostAgreesOptions, hostAgrees } from "./host-agrees.ts"
export { type HostPattern, type HostPatternProblem, readHostPattern } from "./host-pattern.ts"
export { type KeySpellingsInput, keySpellings, longEnough } from "./key-spellings.ts"
export { type Path, type PathProblem, readPath } from "./path.ts"
export { queryValue, stripQuery } from "./query.ts"
export type { RequestHead } from "./request-head.ts"
export { requestHost } from "./request-host.ts"
export {
  createRoutes,
  type Route,
  type RouteProblem,
  type RouteProblems,
  type Routes,
} from "./routes.ts"
export { storeKey } from "./store-key.ts"
export { type StrippedNames, strippedNames } from "./stripped-names.ts"
export { readTarget, type Target } from "./target.ts"
export { tokenHashFunction, tokenId, tokenOrg } from "./token-parts.ts"
export { type TokenSource, type TokenSourceInput, tokenSource } from "./token-source.ts"
