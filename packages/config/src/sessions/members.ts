import type { KnownKeys } from "../document/known-keys.ts"

/** The members of a session that a misspelling would make absent, or that only look as if they decided. */
export const sessionKeys: KnownKeys = {
  org_id: true,
  expires: true,
  is_inactive: true,
  access_rights: true,
  apply_policies: true,
  apply_policy_id: true,
  certificate: true,
  mtls_static_certificate_bindings: true,
  basic_auth_data: true,
  hmac_enabled: true,
  hmac_string: true,
  enable_http_signature_validation: true,
  rsa_certificate_id: true,
  jwt_data: true,
  oauth_client_id: true,
  oauth_keys: true,
  // They say what happens to data and to sessions that have ended.
  data_expires: true,
  post_expiry_action: true,
  post_expiry_grace_period: true,
}

/** Members of sessions that are no bearer tokens: their keys are names that everybody may know. */
export const mechanismMembers = {
  basic_auth_data: "basic authentication",
  hmac_enabled: "signed requests",
  hmac_string: "signed requests",
  enable_http_signature_validation: "signed requests",
  rsa_certificate_id: "signed requests",
  jwt_data: "JSON Web Tokens",
  oauth_client_id: "OAuth",
  oauth_keys: "OAuth",
} as const
