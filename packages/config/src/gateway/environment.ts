import { isRecord, own } from "../document/record.ts"
import { type Place, problem, type Report, shown } from "../problem.ts"

type Kind = "flag" | "count" | "text" | "texts"

/**
 * The variables of the members that decide, by the rule of SEMANTICS §7.1: `TYK_GW_`, then the names of
 * the gateway's own fields, which are not those of the JSON, in upper case and joined by `_`.
 */
const variables: Readonly<Record<string, readonly [Kind, ...string[]]>> = {
  TYK_GW_SECURITY_ALLOWDYNAMICMTLSTOKENAUTH: ["flag", "security", "allow_dynamic_mtls_token_auth"],
  TYK_GW_SECURITY_ALLOWUNSAFEDYNAMICMTLSTOKEN: [
    "flag",
    "security",
    "allow_unsafe_dynamic_mtls_token",
  ],
  TYK_GW_SECURITY_DISABLECERTIFICATETOKENBINDING: [
    "flag",
    "security",
    "disable_certificate_token_binding",
  ],
  TYK_GW_SECURITY_ENABLECERTIFICATETOKENBINDING: [
    "flag",
    "security",
    "enable_certificate_token_binding",
  ],
  TYK_GW_SECURITY_CERTIFICATES_API: ["texts", "security", "certificates", "apis"],
  TYK_GW_SECURITY_CERTIFICATEEXPIRYMONITOR_WARNINGTHRESHOLDDAYS: [
    "count",
    "security",
    "certificate_expiry_monitor",
    "warning_threshold_days",
  ],
  TYK_GW_HASHKEYS: ["flag", "hash_keys"],
  TYK_GW_HASHKEYFUNCTION: ["text", "hash_key_function"],
  TYK_GW_HASHKEYFUNCTIONFALLBACK: ["texts", "hash_key_function_fallback"],
  TYK_GW_DISABLEKEYACTIONSBYUSERNAME: ["flag", "disable_key_actions_by_username"],
  TYK_GW_MINTOKENLENGTH: ["count", "min_token_length"],
  TYK_GW_ALLOWMASTERKEYS: ["flag", "allow_master_keys"],
  TYK_GW_HTTPSERVEROPTIONS_USESSL: ["flag", "http_server_options", "use_ssl"],
  TYK_GW_HTTPSERVEROPTIONS_SKIPCLIENTCAANNOUNCEMENT: [
    "flag",
    "http_server_options",
    "skip_client_ca_announcement",
  ],
}

const omitFile = "TYK_GW_OMITCONFIGFILE"

export type Environment = Readonly<Record<string, string | undefined>>

/** Whether the environment says that the gateway's file does not count. */
export function omitsFile(environment: Environment, report: Report): boolean {
  const text = own(environment, omitFile)
  return typeof text === "string" && readVariable("flag", text, placeOf(omitFile), report) === true
}

/** A gateway's document under its environment, which wins, and where each member that it gave stands. */
export interface Overlaid {
  readonly value: unknown
  readonly places: ReadonlyMap<string, Place>
  /** Variables of the gateway that decide nothing here. */
  readonly ignored: readonly string[]
}

/** Lays the environment over a gateway's document; a variable that cannot be read is reported. */
export function overlay(value: unknown, environment: Environment, report: Report): Overlaid {
  const places = new Map<string, Place>()
  const ignored: string[] = []
  let joined = value
  for (const [name, text] of Object.entries(environment)) {
    if (!name.startsWith("TYK_GW_") || text === undefined || name === omitFile) continue
    const variable = own(variables, name)
    if (!isVariable(variable)) {
      ignored.push(name)
      reportLookAlike(name, report)
      continue
    }
    const [kind, ...path] = variable
    const read = readVariable(kind, text, placeOf(name), report)
    if (read === undefined) continue
    joined = withMember(joined, path, read)
    places.set(path.join("."), placeOf(name))
  }
  return { value: joined, places, ignored }
}

function isVariable(value: unknown): value is readonly [Kind, ...string[]] {
  return Array.isArray(value)
}

function placeOf(name: string): Place {
  return { file: "environment", place: shown(name, 100) }
}

/** The same letters with other underscores, as the names of the JSON would suggest. */
function reportLookAlike(name: string, report: Report): void {
  const letters = (text: string): string => text.replaceAll("_", "").toUpperCase()
  const meant = Object.keys(variables).find((known) => letters(known) === letters(name))
  if (meant === undefined) return
  const message = `this variable is not known; it looks like ${meant}`
  report(problem("settings.misspelt_key", placeOf(name), message, `set ${meant} if that is meant`))
}

/** As the gateway's own language reads them; lists are separated by commas. */
function readVariable(kind: Kind, text: string, place: Place, report: Report): unknown {
  if (kind === "text") return text
  if (kind === "texts") return text === "" ? [] : text.split(",").map((item) => item.trim())
  if (kind === "flag" && truths.has(text)) return true
  if (kind === "flag" && falsehoods.has(text)) return false
  if (kind === "count" && /^\d{1,9}$/.test(text)) return Number(text)
  const wanted = kind === "flag" ? "true or false" : "a number"
  report(problem("document.type", place, `expected ${wanted}`, `set it to ${wanted}, or unset it`))
  return undefined
}

const truths: ReadonlySet<string> = new Set(["1", "t", "T", "true", "TRUE", "True"])
const falsehoods: ReadonlySet<string> = new Set(["0", "f", "F", "false", "FALSE", "False"])

function withMember(value: unknown, [name, ...rest]: readonly string[], member: unknown): unknown {
  if (name === undefined) return member
  // A wrong type in the file stays one: decoding will name it.
  if (value !== undefined && !isRecord(value)) return value
  const inner = value === undefined ? undefined : own(value, name)
  return { ...value, [name]: withMember(inner, rest, member) }
}
