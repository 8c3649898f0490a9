export type { CertificateEntry } from "./certificates/entry.ts"
export type { StoredCertificate } from "./certificates/store.ts"
export type { Api, CompiledApi } from "./compile-api.ts"
export type {
  Configuration,
  ConfigurationFacts,
  Invalid,
  LoadOptions,
} from "./configuration.ts"
export type { ApiDefinition, CertificateReference } from "./definition/api-definition.ts"
export type { KeyRules, Settings } from "./gateway/settings.ts"
export { loadConfiguration } from "./load.ts"
export { createLoader, type Loader } from "./loader.ts"
export { type Problem, type ProblemCode, problemCodes, type Severity } from "./problem.ts"
export type { KnownSession } from "./sessions/known-session.ts"
