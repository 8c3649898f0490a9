import type { Flags, ResponsesInput } from "@countersign/engine"
import type { CertificateReference } from "../definition/api-definition.ts"
import { checkKeys } from "../document/known-keys.ts"
import { below, type Place, problem, type Report } from "../problem.ts"
import { overridesOf } from "./override-messages.ts"
import { decodeGateway, type GatewayDocument, gatewayKeys } from "./schema.ts"

/** The settings of a gateway that decide about access. */
export interface Settings {
  readonly flags: Pick<Flags, "allowDynamicMtlsTokenAuth" | "certificateTokenBinding">
  /** Certificates that every API with static mTLS accepts, of whatever organisation (seed S3). */
  readonly certificates: readonly CertificateReference[]
  readonly keys: KeyRules
  readonly allowMasterKeys: boolean
  readonly override: NonNullable<ResponsesInput["override"]>
  readonly warningDays: number
}

/** How store keys are formed, and how short a token may be. */
export interface KeyRules {
  readonly hashKeyFunction: string
  readonly disableKeyActionsByUsername: boolean
  readonly fallback: readonly string[]
  /** `min_token_length`; 0 means 3. */
  readonly minTokenLength: number
}

/** Reads a gateway's configuration; undefined where it cannot be used, with the reasons reported. */
export function readSettings(value: unknown, place: Place, report: Report): Settings | undefined {
  checkKeys(value, gatewayKeys, "settings.misspelt_key", place, report)
  const document = decodeGateway(value, place, report)
  if (document === undefined) return undefined
  checkHashing(document, place, report)
  return {
    flags: flagsOf(document, below(place, "security"), report),
    certificates: certificatesOf(document, place),
    keys: {
      hashKeyFunction: document.hash_key_function ?? "",
      disableKeyActionsByUsername: document.disable_key_actions_by_username === true,
      fallback: document.hash_key_function_fallback ?? [],
      minTokenLength: document.min_token_length ?? 0,
    },
    allowMasterKeys: document.allow_master_keys === true,
    override: overridesOf(document, below(place, "override_messages"), report),
    warningDays: document.security?.certificate_expiry_monitor?.warning_threshold_days || 30,
  }
}

function flagsOf(document: GatewayDocument, place: Place, report: Report): Settings["flags"] {
  const {
    allow_dynamic_mtls_token_auth: early,
    allow_unsafe_dynamic_mtls_token: late,
    disable_certificate_token_binding: disabled,
    enable_certificate_token_binding: enabled,
  } = document.security ?? {}
  if (early !== undefined && late !== undefined && early !== late) {
    const message =
      "`allow_dynamic_mtls_token_auth` and `allow_unsafe_dynamic_mtls_token` are two names of one flag and differ"
    report(
      problem(
        "settings.contradiction",
        below(place, "allow_unsafe_dynamic_mtls_token"),
        message,
        once,
      ),
    )
  }
  if (disabled !== undefined && disabled === enabled) {
    const message =
      "`disable_certificate_token_binding` and `enable_certificate_token_binding` contradict each other"
    report(
      problem(
        "settings.contradiction",
        below(place, "enable_certificate_token_binding"),
        message,
        once,
      ),
    )
  }
  return {
    allowDynamicMtlsTokenAuth: (early ?? late) === true,
    certificateTokenBinding: enabled ?? disabled !== true,
  }
}

const once = "keep one of the two"

function certificatesOf(document: GatewayDocument, place: Place): readonly CertificateReference[] {
  const list = document.security?.certificates?.apis ?? []
  const at = below(place, "security", "certificates", "apis")
  return list.map((text, i) => ({ text, place: below(at, i) }))
}

const hashFunctions: ReadonlySet<string> = new Set([
  "",
  "murmur32",
  "murmur64",
  "murmur128",
  "sha256",
])

function checkHashing(document: GatewayDocument, place: Place, report: Report): void {
  if (document.hash_keys === true) {
    const message = "sessions are looked up by their keys here, not by the hashes of keys"
    const remedy = "set `hash_keys` to false and name sessions by their keys"
    report(problem("settings.hashed_keys", below(place, "hash_keys"), message, remedy))
  }
  const { hash_key_function: name = "" } = document
  if (hashFunctions.has(name)) return
  const message = "this hash function is unknown: keys are formed as for murmur64"
  const remedy = "use one of: murmur32, murmur64, murmur128, sha256"
  report(problem("settings.hash_function", below(place, "hash_key_function"), message, remedy))
}
