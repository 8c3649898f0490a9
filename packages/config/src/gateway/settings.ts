import type { Flags, ResponsesInput } from "@countersign/engine"
import type { CertificateReference } from "../definition/api-definition.ts"
import { checkKeys, unknownKeys } from "../document/known-keys.ts"
import { below, type Place, problem, type Report } from "../problem.ts"
import { type Environment, overlay } from "./environment.ts"
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
  /** How the gateway it comes from listens; undefined where no document says. */
  readonly listener: Listener | undefined
  /** Where the flag that opens dynamic mTLS to tokens is set. */
  readonly unsafeFlag: Place
  /** Where the flag that enforces bindings is set. */
  readonly bindingFlag: Place
  /** Members and variables that decide nothing here. */
  readonly ignored: readonly string[]
}

export interface Listener {
  readonly tls: boolean
  readonly announcesAuthorities: boolean
  readonly place: Place
}

/** How store keys are formed, and how short a token may be. */
export interface KeyRules {
  readonly hashKeyFunction: string
  readonly disableKeyActionsByUsername: boolean
  readonly fallback: readonly string[]
  /** `min_token_length`; 0 means 3. */
  readonly minTokenLength: number
}

/** A gateway's document; absent where there is only the environment. */
export interface SettingsDocument {
  readonly value: unknown
  readonly place: Place
}

/**
 * Reads a gateway's configuration and its environment, which wins; undefined where they cannot be used,
 * with the reasons reported.
 */
export function readSettings(
  document: SettingsDocument | undefined,
  environment: Environment,
  report: Report,
): Settings | undefined {
  const place = document?.place ?? { file: "gateway.json", place: "$" }
  const { value, places, ignored } = overlay(document?.value ?? {}, environment, report)
  checkKeys(value, gatewayKeys, "settings.misspelt_key", place, report)
  const gateway = decodeGateway(value, place, report)
  if (gateway === undefined) return undefined
  const at: PlaceOf = (...path) => places.get(path.join(".")) ?? below(place, ...path)
  checkHashing(gateway, at, report)
  const { early, late } = unsafeNames
  const { enable, disable } = bindingNames
  const { http_server_options: http, security } = gateway
  return {
    flags: flagsOf(gateway, at, report),
    certificates: certificatesOf(gateway, at),
    keys: {
      hashKeyFunction: gateway.hash_key_function ?? "",
      disableKeyActionsByUsername: gateway.disable_key_actions_by_username === true,
      fallback: gateway.hash_key_function_fallback ?? [],
      minTokenLength: gateway.min_token_length ?? 0,
    },
    allowMasterKeys: gateway.allow_master_keys === true,
    override: overridesOf(gateway, below(place, "override_messages"), report),
    warningDays: security?.certificate_expiry_monitor?.warning_threshold_days || defaultWarningDays,
    listener: document === undefined && http === undefined ? undefined : listenerOf(gateway, at),
    unsafeFlag: at("security", security?.[early] === true ? early : late),
    bindingFlag: at("security", security?.[enable] === false ? enable : disable),
    ignored: [...unknownKeys(document?.value, gatewayKeys), ...ignored],
  }
}

type PlaceOf = (...path: readonly string[]) => Place

const defaultWarningDays = 30

const unsafeNames = {
  early: "allow_dynamic_mtls_token_auth",
  late: "allow_unsafe_dynamic_mtls_token",
} as const

const bindingNames = {
  enable: "enable_certificate_token_binding",
  disable: "disable_certificate_token_binding",
} as const

function listenerOf({ http_server_options: http }: GatewayDocument, at: PlaceOf): Listener {
  return {
    tls: http?.use_ssl === true,
    announcesAuthorities: http?.skip_client_ca_announcement !== true,
    place: at("http_server_options", "use_ssl"),
  }
}

function flagsOf(gateway: GatewayDocument, at: PlaceOf, report: Report): Settings["flags"] {
  const {
    allow_dynamic_mtls_token_auth: early,
    allow_unsafe_dynamic_mtls_token: late,
    disable_certificate_token_binding: disabled,
    enable_certificate_token_binding: enabled,
  } = gateway.security ?? {}
  const contradict = (first: string, second: string, why: string): void => {
    const message = `\`${first}\` and \`${second}\` ${why}`
    const place = at("security", second)
    report(problem("settings.contradiction", place, message, "keep one of the two"))
  }
  if (early !== undefined && late !== undefined && early !== late) {
    contradict(unsafeNames.early, unsafeNames.late, "are two names of one flag and differ")
  }
  if (disabled !== undefined && disabled === enabled) {
    contradict(bindingNames.disable, bindingNames.enable, "are one flag and contradict each other")
  }
  return {
    allowDynamicMtlsTokenAuth: (early ?? late) === true,
    certificateTokenBinding: enabled ?? disabled !== true,
  }
}

function certificatesOf(gateway: GatewayDocument, at: PlaceOf): readonly CertificateReference[] {
  const list = gateway.security?.certificates?.apis ?? []
  const place = at("security", "certificates", "apis")
  return list.map((text, i) => ({ text, place: below(place, i) }))
}

const hashFunctions: ReadonlySet<string> = new Set([
  "",
  "murmur32",
  "murmur64",
  "murmur128",
  "sha256",
])

function checkHashing(gateway: GatewayDocument, at: PlaceOf, report: Report): void {
  if (gateway.hash_keys === true) {
    const message = "sessions are looked up by their keys here, not by the hashes of keys"
    const remedy = "set `hash_keys` to false and name sessions by their keys"
    report(problem("settings.hashed_keys", at("hash_keys"), message, remedy))
  }
  const { hash_key_function: name = "" } = gateway
  if (hashFunctions.has(name)) return
  const message = "this hash function is unknown: keys are formed as for murmur64"
  const remedy = "use one of: murmur32, murmur64, murmur128, sha256"
  report(problem("settings.hash_function", at("hash_key_function"), message, remedy))
}
