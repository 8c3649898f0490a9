/** Errors stop the start; warnings are reported and what they name stays on the closed side. */
export type Severity = "error" | "warning"

/** Something wrong with a configuration, for operators. It never holds a token or a whole certificate. */
export interface Problem {
  readonly severity: Severity
  readonly code: ProblemCode
  /** Path as the operator gave it, below the configuration where that is a folder. */
  readonly file: string
  /** JSON path (`$.proxy.listen_path`) or line (`line 12, column 3`); `$` for the whole file. */
  readonly place: string
  readonly message: string
  readonly remedy: string
}

/** Where something stands. */
export interface Place {
  readonly file: string
  readonly place: string
}

export type Report = (problem: Problem) => void

/** Makes a problem; how bad it is belongs to its code. */
export function problem(
  code: ProblemCode,
  { file, place }: Place,
  message: string,
  remedy: string,
): Problem {
  return { severity: problemCodes[code], code, file, place, message, remedy }
}

/** The place of a member below another place. */
export function below({ file, place }: Place, ...path: readonly PropertyKey[]): Place {
  let joined = place
  for (const step of path) joined += member(step)
  return { file, place: joined }
}

function member(step: PropertyKey): string {
  if (typeof step === "number") return `[${step}]`
  const name = String(step)
  return /^[A-Za-z_][\w-]*$/.test(name) ? `.${name}` : `[${JSON.stringify(shown(name))}]`
}

/** Foreign text as it may reach a terminal or a log: short, and without control characters. */
export function shown(text: string, limit = 60): string {
  const printable = text.slice(0, limit + 1).replace(/[^ -~]/g, "?")
  return printable.length > limit ? `${printable.slice(0, limit)}...` : printable
}

/** Every code; a code never changes its meaning. */
export const problemCodes = {
  "file.missing": "error",
  "file.unreadable": "error",
  "file.too_large": "error",
  "file.not_utf8": "error",
  "file.outside": "error",
  "file.nothing_to_serve": "error",
  "file.not_read": "warning",
  "file.unknown_kind": "error",
  "document.syntax": "error",
  "document.too_deep": "error",
  "document.too_large": "error",
  "document.duplicate_key": "error",
  "document.reserved_key": "error",
  "document.key_case": "error",
  "document.type": "error",
  "document.misspelt_key": "error",
  "settings.misspelt_key": "warning",
  "settings.several": "error",
  "settings.alone": "warning",
  "settings.contradiction": "error",
  "settings.hashed_keys": "error",
  "settings.hash_function": "warning",
  "settings.override": "error",
  "settings.override_ignored": "warning",
  "api.duplicate": "error",
  "api.mechanism": "error",
  "api.base_identity": "error",
  "api.contradiction": "error",
  "api.static_mtls_unsaid": "error",
  "api.authentication_unsaid": "error",
  "api.protocol": "error",
  "api.route": "error",
  "api.route_conflict": "error",
  "api.authentication_assumed": "warning",
  "api.not_served": "warning",
  "api.not_enforced": "warning",
  "api.open": "warning",
  "manifest.not_read": "warning",
  "manifest.duplicate": "error",
  "manifest.unresolved": "error",
  "allow_list.empty": "warning",
  "allow_list.unresolved": "error",
  "certificate.unreadable": "error",
  "certificate.only_private_key": "error",
  "certificate.public_key": "error",
  "certificate.private_key": "warning",
  "certificate.every_organisation": "warning",
  "certificate.expired": "warning",
  "certificate.not_yet_valid": "warning",
  "certificate.expires_soon": "warning",
  "certificate.authority_enrolled": "warning",
  "revocation.unreadable": "error",
  "revocation.not_supported": "error",
  "revocation.incomplete": "warning",
  "revocation.not_yet_valid": "warning",
  "revocation.stale": "warning",
  "revocation.unknown_api": "warning",
  "revocation.no_lists": "warning",
  "settings.unsafe_token": "warning",
  "settings.bindings_off": "warning",
  "api.mixed_host": "warning",
  "api.authority_list": "warning",
  "api.without_tls": "warning",
  "api.authorization_header": "warning",
  "session.binding_not_listed": "warning",
  "session.binding_not_stored": "warning",
  "session.certificate_not_stored": "warning",
  "session.none": "warning",
  "session.short_key": "warning",
  "session.unreadable": "warning",
  "session.misspelt_key": "warning",
  "session.duplicate": "error",
  "session.mechanism": "warning",
  "session.policies": "warning",
  "session.right": "warning",
  "session.no_rights": "warning",
  "session.certificate": "warning",
  "session.bindings": "warning",
} as const satisfies Record<string, Severity>

export type ProblemCode = keyof typeof problemCodes
