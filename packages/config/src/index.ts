export { auditConfiguration } from "./audit/audit.ts"
export type { CertificateEntry, PathMaterial } from "./certificates/entry.ts"
export type { ListedEntry } from "./certificates/resolve.ts"
export type { StoredCertificate } from "./certificates/store.ts"
export { type CheckReport, checkConfiguration, checkExitCode } from "./check.ts"
export type { Api, CompiledApi } from "./compile-api.ts"
export type {
  Configuration,
  ConfigurationFacts,
  Invalid,
  LoadOptions,
} from "./configuration.ts"
export type {
  ApiDefinition,
  CertificateReference,
  DefinitionPlaces,
} from "./definition/api-definition.ts"
export type { KeyRules, Settings } from "./gateway/settings.ts"
export { loadConfiguration } from "./load.ts"
export { createLoader, type Loader, type Reload } from "./loader.ts"
export { type Problem, type ProblemCode, problemCodes, type Severity } from "./problem.ts"
export type { ListedRevocationList } from "./revocation/list-file.ts"
export type { RevocationChoice } from "./revocation/mode.ts"
export type { KnownSession } from "./sessions/known-session.ts"
export type { Trust } from "./trust.ts"
