/** Every reason for a denial. The code is the contract; it never changes meaning. */
export type Reason =
  | "auth.auth_field_missing"
  | "auth.key_not_found"
  | "auth.cert_not_found"
  | "auth.access_denied"
  | "auth.cert_required"
  | "auth.cert_mismatch"
  | "auth.cert_expired"
  | "auth.cert_not_yet_valid"
  | "auth.token_invalid"
  | "auth.key_inactive"
  | "auth.key_expired"
  | "mtls.tls_required"
  | "mtls.cert_required"
  | "mtls.cert_not_allowed"
  | "mtls.cert_revoked"
  | "mtls.revocation_unknown"
  | "mtls.misdirected"
  | "guard.no_policy"
  | "guard.bad_request"
  | "guard.unavailable"
  | "guard.fault"

/** What a client is told. `message` of `mtls.cert_not_allowed` holds `<sha256>`, the leaf's fingerprint. */
export interface Response {
  readonly status: number
  readonly message: string
}

export type Responses = Readonly<Record<Reason, Response>>

/** `default`: this project's statuses. `tyk-5.12`: the statuses that clients of that gateway expect. */
export type Preset = "default" | "tyk-5.12"

/** For explanations and events only, never for clients. */
export type Detail =
  | "path"
  | "no_session"
  | "other_organisation"
  | "computable_token"
  | "certificate_unknown"
  | "token_disagrees"
  | "not_enrolled"
  | "named_not_enrolled"
  | "bound_no_certificate"
  | "bound_other_certificate"
  | "confirmation_malformed"
  | "confirmation_no_certificate"
  | "confirmation_other"

const disallowed: Response = {
  status: 403,
  message: "Access to this API has been disallowed",
}

const catalogue: Responses = {
  "auth.auth_field_missing": { status: 401, message: "Authorization field missing" },
  "auth.key_not_found": disallowed,
  "auth.cert_not_found": disallowed,
  "auth.access_denied": disallowed,
  "auth.cert_required": { status: 403, message: "Client certificate required for this API." },
  "auth.cert_mismatch": disallowed,
  "auth.cert_expired": { status: 403, message: "Certificate has expired" },
  "auth.cert_not_yet_valid": { status: 403, message: "Certificate is not yet valid" },
  "auth.token_invalid": { status: 401, message: "Key not authorized" },
  "auth.key_inactive": { status: 403, message: "Key is inactive, please renew" },
  "auth.key_expired": { status: 401, message: "Key has expired, please renew" },
  "mtls.tls_required": { status: 403, message: "TLS not enabled" },
  "mtls.cert_required": { status: 403, message: "Client TLS certificate is required" },
  "mtls.cert_not_allowed": { status: 403, message: "Certificate with SHA256 <sha256> not allowed" },
  "mtls.cert_revoked": { status: 403, message: "Certificate has been revoked" },
  "mtls.revocation_unknown": { status: 403, message: "Certificate status is unknown" },
  "mtls.misdirected": { status: 421, message: "Misdirected Request" },
  "guard.no_policy": { status: 404, message: "Not Found" },
  "guard.bad_request": { status: 400, message: "Bad Request" },
  "guard.unavailable": { status: 503, message: "Service Unavailable" },
  "guard.fault": { status: 500, message: "Internal Server Error" },
}

const presets: Readonly<Record<Preset, Responses>> = {
  default: catalogue,
  "tyk-5.12": {
    ...catalogue,
    "auth.cert_required": { status: 401, message: "Client certificate required" },
    "auth.cert_mismatch": { status: 401, message: "Access to this API has been disallowed" },
  },
}

/** Every reason, in the order of the catalogue. */
export const reasons: readonly Reason[] = Object.keys(catalogue) as Reason[]

export interface ResponsesInput {
  readonly preset?: Preset
  /** Per reason: a status from 400 to 599 (a 2xx denial reads as Allow to a proxy), a message, or both. */
  readonly override?: Readonly<Partial<Record<Reason, Partial<Response>>>>
}

/** Joins a preset and overrides into the answers of one policy; an unusable override is a `TypeError`. */
export function responses(input: ResponsesInput = {}): Responses {
  const preset = input.preset ?? "default"
  if (!Object.hasOwn(presets, preset)) {
    throw new TypeError(`responses.preset must be one of: ${Object.keys(presets).join(", ")}`)
  }
  const joined: Record<Reason, Response> = { ...presets[preset] }
  for (const [reason, change] of Object.entries(input.override ?? {})) {
    if (!Object.hasOwn(catalogue, reason)) {
      throw new TypeError(`responses.override: \`${reason}\` is not a reason`)
    }
    joined[reason as Reason] = overridden(reason, joined[reason as Reason], change)
  }
  return joined
}

function overridden(reason: string, response: Response, change: Partial<Response>): Response {
  const { status = response.status, message = response.message } = change
  if (!Number.isInteger(status) || status < 400 || status > 599) {
    throw new TypeError(`responses.override: \`${reason}\` needs a status from 400 to 599`)
  }
  if (typeof message !== "string") {
    throw new TypeError(`responses.override: \`${reason}\` needs a text as its message`)
  }
  return { status, message }
}
