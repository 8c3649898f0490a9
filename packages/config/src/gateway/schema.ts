import * as Schema from "effect/Schema"
import { type Decoder, decoder } from "../document/decode.ts"
import { flag, text, texts } from "../document/fields.ts"
import type { KnownKeys } from "../document/known-keys.ts"

const count = Schema.optionalKey(
  Schema.Number.check(Schema.isInt(), Schema.isGreaterThanOrEqualTo(0)),
)

const gateway = Schema.Struct({
  hash_keys: flag,
  hash_key_function: text,
  hash_key_function_fallback: texts,
  disable_key_actions_by_username: flag,
  min_token_length: count,
  allow_master_keys: flag,
  http_server_options: Schema.optionalKey(
    Schema.Struct({ use_ssl: flag, skip_client_ca_announcement: flag }),
  ),
  security: Schema.optionalKey(
    Schema.Struct({
      allow_dynamic_mtls_token_auth: flag,
      allow_unsafe_dynamic_mtls_token: flag,
      disable_certificate_token_binding: flag,
      enable_certificate_token_binding: flag,
      certificates: Schema.optionalKey(Schema.Struct({ apis: texts })),
      certificate_expiry_monitor: Schema.optionalKey(
        Schema.Struct({ warning_threshold_days: count }),
      ),
    }),
  ),
  override_messages: Schema.optionalKey(
    Schema.NullOr(
      Schema.Record(
        Schema.String,
        Schema.Struct({ code: Schema.optionalKey(Schema.Number), message: text }),
      ),
    ),
  ),
})

/** The members of a gateway's configuration that decide about access (SEMANTICS §7.1). */
export type GatewayDocument = (typeof gateway)["Type"]

export const decodeGateway: Decoder<GatewayDocument> = decoder(gateway)

export const gatewayKeys: KnownKeys = {
  hash_keys: true,
  hash_key_function: true,
  hash_key_function_fallback: true,
  disable_key_actions_by_username: true,
  min_token_length: true,
  allow_master_keys: true,
  http_server_options: { use_ssl: true, skip_client_ca_announcement: true },
  security: {
    allow_dynamic_mtls_token_auth: true,
    allow_unsafe_dynamic_mtls_token: true,
    disable_certificate_token_binding: true,
    enable_certificate_token_binding: true,
    certificates: { apis: true },
    certificate_expiry_monitor: { warning_threshold_days: true },
  },
  override_messages: true,
}
