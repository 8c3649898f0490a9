import * as Schema from "effect/Schema"
import { type Decoder, decoder } from "../document/decode.ts"
import { flag, text, texts } from "../document/fields.ts"
import type { KnownKeys } from "../document/known-keys.ts"

const authConfig = Schema.Struct({
  auth_header_name: text,
  disable_header: flag,
  use_param: flag,
  param_name: text,
  use_cookie: flag,
  cookie_name: text,
  use_certificate: flag,
  validate_signature: flag,
})

/** Where a classic definition says how a token is found (SEMANTICS §1.3). */
export type AuthConfig = (typeof authConfig)["Type"]

const named = Schema.Struct({
  api_id: Schema.NonEmptyString,
  org_id: text,
  name: text,
  active: flag,
  internal: flag,
  protocol: text,
  domain: text,
  domain_disabled: flag,
  proxy: Schema.Struct({ listen_path: Schema.NonEmptyString }),
  use_keyless: flag,
  use_standard_auth: flag,
  use_mutual_tls_auth: flag,
  client_certificates: texts,
  auth: Schema.optionalKey(authConfig),
  auth_configs: Schema.optionalKey(
    Schema.NullOr(Schema.Struct({ authToken: Schema.optionalKey(authConfig) })),
  ),
  base_identity_provided_by: text,
  strip_auth_data: flag,
  use_basic_auth: flag,
  enable_jwt: flag,
  use_oauth2: flag,
  use_openid: flag,
  enable_signature_checking: flag,
  custom_plugin_auth_enabled: flag,
  enable_coprocess_auth: flag,
  use_go_plugin_auth: flag,
  external_oauth: Schema.optionalKey(Schema.NullOr(Schema.Struct({ enabled: flag }))),
  enable_ip_whitelisting: flag,
  enable_ip_blacklisting: flag,
  version_data: Schema.optionalKey(
    Schema.Struct({
      not_versioned: flag,
      versions: Schema.optionalKey(Schema.NullOr(Schema.Record(Schema.String, Schema.Unknown))),
    }),
  ),
})

/** A classic API definition, as far as it decides about access (SEMANTICS §1.4). */
export type ClassicDocument = (typeof named)["Type"]

export const decodeClassic: Decoder<ClassicDocument> = decoder(named)

const authKeys: KnownKeys = keysOf(authConfig.fields)

export const classicKeys: KnownKeys = {
  ...keysOf(named.fields),
  auth: authKeys,
  auth_configs: { authToken: authKeys },
  proxy: { listen_path: true },
  external_oauth: { enabled: true },
  version_data: { not_versioned: true, versions: true },
}

function keysOf(fields: object): KnownKeys {
  return Object.fromEntries(Object.keys(fields).map((name) => [name, true]))
}
