import * as Schema from "effect/Schema"
import { type Decoder, decoder } from "../document/decode.ts"
import { flag, text, texts } from "../document/fields.ts"
import type { KnownKeys } from "../document/known-keys.ts"

const source = Schema.optionalKey(Schema.Struct({ enabled: flag, name: text }))

/** How a scheme of the definition is to be checked; other members belong to schemes of other kinds. */
const scheme = Schema.Struct({
  enabled: flag,
  header: source,
  query: source,
  cookie: source,
  enableClientCertificate: flag,
  signatureValidation: Schema.optionalKey(Schema.Struct({ enabled: flag })),
})

const switched = Schema.optionalKey(Schema.Struct({ enabled: flag }))

const authentication = Schema.Struct({
  enabled: flag,
  stripAuthorizationData: flag,
  baseIdentityProvider: text,
  hmac: switched,
  oidc: switched,
  custom: switched,
  certificateAuth: switched,
  securitySchemes: Schema.optionalKey(Schema.NullOr(Schema.Record(Schema.String, scheme))),
  securityProcessingMode: text,
  security: Schema.optionalKey(Schema.NullOr(Schema.Array(Schema.Array(Schema.String)))),
})

const extension = Schema.Struct({
  info: Schema.Struct({
    id: text,
    orgId: text,
    name: text,
    state: Schema.optionalKey(Schema.Struct({ active: flag, internal: flag })),
    versioning: Schema.optionalKey(
      Schema.Struct({
        enabled: flag,
        name: text,
        versions: Schema.optionalKey(Schema.NullOr(Schema.Array(Schema.Struct({ name: text })))),
      }),
    ),
  }),
  server: Schema.Struct({
    listenPath: Schema.Struct({ value: Schema.NonEmptyString }),
    customDomain: Schema.optionalKey(Schema.Struct({ enabled: flag, name: text })),
    clientCertificates: Schema.optionalKey(Schema.Struct({ enabled: flag, allowlist: texts })),
    authentication: Schema.optionalKey(authentication),
    protocol: text,
    ipAccessControl: switched,
  }),
})

const openapi = Schema.Struct({
  "x-tyk-api-gateway": extension,
  security: Schema.optionalKey(
    Schema.NullOr(Schema.Array(Schema.Record(Schema.String, Schema.Unknown))),
  ),
  components: Schema.optionalKey(
    Schema.NullOr(
      Schema.Struct({
        securitySchemes: Schema.optionalKey(
          Schema.NullOr(
            Schema.Record(
              Schema.String,
              Schema.Struct({ type: text, in: text, name: text, scheme: text }),
            ),
          ),
        ),
      }),
    ),
  ),
})

/** An OpenAPI definition, as far as it decides about access (SEMANTICS §1.7). */
export type OpenApiDocument = (typeof openapi)["Type"]
export type Authentication = (typeof authentication)["Type"]
export type TokenScheme = (typeof scheme)["Type"]

export const decodeOpenApi: Decoder<OpenApiDocument> = decoder(openapi)

const switchKeys: KnownKeys = { enabled: true }

export const openApiKeys: KnownKeys = {
  security: true,
  components: { securitySchemes: true },
  "x-tyk-api-gateway": {
    info: {
      id: true,
      orgId: true,
      name: true,
      state: { active: true, internal: true },
      versioning: true,
    },
    server: {
      listenPath: { value: true },
      customDomain: { enabled: true, name: true },
      clientCertificates: { enabled: true, allowlist: true },
      authentication: {
        enabled: true,
        stripAuthorizationData: true,
        baseIdentityProvider: true,
        hmac: switchKeys,
        oidc: switchKeys,
        custom: switchKeys,
        certificateAuth: switchKeys,
        securitySchemes: true,
        securityProcessingMode: true,
        security: true,
      },
      protocol: true,
      ipAccessControl: switchKeys,
    },
  },
}

export const schemeKeys: KnownKeys = {
  enabled: true,
  header: { enabled: true, name: true },
  query: { enabled: true, name: true },
  cookie: { enabled: true, name: true },
  enableClientCertificate: true,
  signatureValidation: true,
}
