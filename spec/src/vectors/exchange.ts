import { type Reason, reasons } from "@countersign/engine"
import * as Schema from "effect/Schema"
import { described } from "./decision-schema.ts"
import { type RevocationReason, revocationReasons } from "./revocation-reasons.ts"

/** What a file of exchanges may say: a world, and requests to the gateway that serves it. */

const optional = Schema.optionalKey
const about = optional(Schema.NonEmptyString)

const Name = Schema.String.check(Schema.isPattern(/^(?!none$)[^\p{Cc}{}]{1,100}$/u)).annotate({
  identifier: "Name",
  description: "A name of this file: anything of 1 to 100 characters but `none`.",
})

const Template = Schema.String.annotate({
  identifier: "Template",
  description:
    "A text in which `{sha256:NAME}` stands for the SHA-256 of a certificate in lower-case hexadecimal digits, `{id:NAME}` for its id (organisation in whose store it is, then SHA-256), `{pem:NAME}` for its PEM text, `{pem-line:NAME}` for the same with spaces instead of line breaks, `{pem-url:NAME}` for the same percent-encoded, `{key:NAME}` for the key of a session, `{secret}` for 32 random hexadecimal digits and `{token}` for the token presented.",
})

const Names = Schema.Array(Name)
const NameOrNone = Schema.Union([Schema.Literal("none"), Name])
const Entry = Schema.Union([Name, Schema.Struct({ text: Template })]).annotate({
  identifier: "Entry",
  description: "A certificate, written as its id; or any text.",
})

const Validity = Schema.Struct({ fromDays: Schema.Int, toDays: Schema.Int }).annotate({
  identifier: "Validity",
  description: "Days from the beginning of the run.",
})

const Certificate = Schema.Struct({
  about,
  issuer: optional(Name).annotate({
    description: "Who signs it; without one it signs itself.",
  }),
  subject: optional(Name).annotate({
    description:
      "The certificate whose subject name it bears, with a key of its own; default its own name.",
  }),
  authority: optional(Schema.Union([Schema.Boolean, Schema.Literal("posing")])).annotate({
    description:
      "true: it signs others. `posing`: it signs others and may not. false: no authority, not even its own. Absent, a self-signed one has cA TRUE and no key usage, as `openssl req -x509` makes them.",
  }),
  usage: optional(Schema.Literals(["client", "server", "none"])).annotate({
    description: "Extended key usage of what an authority signs; default client.",
  }),
  names: optional(Schema.Array(Schema.NonEmptyString)).annotate({
    description: "DNS names of the subject.",
  }),
  permits: optional(Schema.Array(Schema.NonEmptyString)).annotate({
    description:
      "Of an authority: DNS names below which alone it may name subjects (RFC 5280 §4.2.1.10).",
  }),
  key: optional(Schema.Literals(["P-256", "RSA-2048"])).annotate({ description: "Default P-256." }),
  validity: optional(Validity).annotate({ description: "Default: now and for a long time." }),
  stored: optional(Name).annotate({
    description: "The organisation in whose certificate store it is.",
  }),
}).annotate({
  identifier: "Certificate",
  description: "How a certificate is made; it and its key are made anew for every run.",
})

const RevocationList = Schema.Struct({
  about,
  revoked: Schema.Array(
    Schema.Union([
      Name,
      Schema.Struct({
        certificate: Name,
        reason: Schema.Literals(
          Object.keys(revocationReasons) as [RevocationReason, ...RevocationReason[]],
        ),
      }),
    ]),
  ).annotate({
    description: "Certificates, with the reason of RFC 5280 §5.3.1 where one is given.",
  }),
  validity: Validity,
})

const HashFunction = Schema.String.annotate({
  description: "`murmur64` and others write JSON keys in base64, an empty text plain ones.",
})

const settings = {
  allowDynamicMtlsTokenAuth: Schema.Boolean,
  certificateTokenBinding: Schema.Boolean,
  boundCertificateSatisfiesAllowList: Schema.Boolean,
  revocation: Schema.Literals(["off", "soft", "hard"]),
  allowList: Schema.Array(Entry).annotate({
    description: "Certificates that stand in the list of every API with static mTLS.",
  }),
  hashKeyFunction: HashFunction,
  hashKeyFunctionFallback: Schema.Array(HashFunction),
  minTokenLength: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1000 })),
  stores: Schema.Literals(["up", "down"]),
}

const Gateway = Schema.Struct(settings).annotate({
  identifier: "Gateway",
  description: "The settings under which the records of the world were written.",
})

const Changes = Schema.Struct({
  allowDynamicMtlsTokenAuth: optional(settings.allowDynamicMtlsTokenAuth),
  certificateTokenBinding: optional(settings.certificateTokenBinding),
  boundCertificateSatisfiesAllowList: optional(settings.boundCertificateSatisfiesAllowList),
  revocation: optional(settings.revocation),
  allowList: optional(settings.allowList),
  hashKeyFunction: optional(settings.hashKeyFunction),
  hashKeyFunctionFallback: optional(settings.hashKeyFunctionFallback),
  minTokenLength: optional(settings.minTokenLength),
  stores: optional(settings.stores),
}).annotate({
  identifier: "Changes",
  description: "Settings that this vector changes; records stay as they were written.",
})

const Api = Schema.Struct({
  about,
  organisation: Name,
  identity: Schema.Literals(["keyless", "token", "certificate"]).annotate({
    description: "`certificate`: dynamic mTLS, a certificate identifies the session.",
  }),
  path: optional(Schema.String.check(Schema.isPattern(/^\//))).annotate({
    description: "Listen path; default `/NAME/`.",
  }),
  domain: optional(Schema.NonEmptyString).annotate({
    description: "A host, `*.suffix` or a pattern as `{?:one|two}`; default every host.",
  }),
  allowList: optional(Schema.Array(Entry)).annotate({ description: "Present: static mTLS." }),
  token: optional(
    Schema.Struct({
      header: optional(Schema.NonEmptyString),
      query: optional(Schema.NonEmptyString),
      cookie: optional(Schema.NonEmptyString),
    }),
  ).annotate({
    description: "Where the token is read, and under which name; default the Authorization header.",
  }),
})

const Form = Schema.Literals([
  "id",
  "plain",
  "murmur32",
  "murmur64",
  "murmur128",
  "sha256",
]).annotate({
  identifier: "Form",
  description:
    "How a key is spelled: the id alone, organisation and id, or JSON in base64 that names a hash function.",
})

const Session = Schema.Struct({
  about,
  organisation: Name,
  certificate: optional(Entry).annotate({
    description: "The certificate that identifies the session.",
  }),
  key: optional(Template).annotate({
    description:
      "The id part of its store key; default `{secret}`, or `{sha256:NAME}` of the certificate.",
  }),
  form: optional(Form).annotate({
    description: "How its key is spelled; default as the gateway's hash function wants it.",
  }),
  bindings: optional(Schema.Array(Entry)).annotate({
    description: "Present, and empty: the token works with no certificate.",
  }),
  apis: Names,
  inactive: optional(Schema.Boolean),
  expiresDays: optional(Schema.Int),
})

const Token = Schema.Union([
  Schema.Struct({ about, text: Template }),
  Schema.Struct({ about, session: Name, form: Form }),
  Schema.Struct({ about, organisation: Name, id: Template, form: Form }),
])

const World = Schema.Struct({
  organisations: Schema.Record(Name, Schema.NonEmptyString),
  certificates: Schema.Record(Name, Certificate),
  revocationLists: optional(Schema.Record(Name, RevocationList)).annotate({
    description: "By the authority that signs them.",
  }),
  gateway: Gateway,
  apis: Schema.Record(Name, Api),
  sessions: Schema.Record(Name, Session),
  tokens: Schema.Record(Name, Token).annotate({
    description: "Texts to present as a token; a session's own goes by the session's name.",
  }),
})

const Present = Schema.Struct({
  transport: Schema.Literals(["tls", "plain"]),
  chain: Names.annotate({
    description: "The certificate whose key the client holds, then others that it merely sends.",
  }),
  token: NameOrNone.annotate({ description: "A session or a token of this file." }),
  api: Name,
  method: optional(Schema.Literals(["GET", "POST", "OPTIONS"])).annotate({
    description: "Default GET.",
  }),
  path: optional(Schema.String.check(Schema.isPattern(/^\/[!-~]*$/))).annotate({
    description: "Instead of the API's listen path; to be sent as it stands.",
  }),
  host: optional(Schema.String).annotate({ description: "Default the address." }),
  serverName: optional(Schema.NonEmptyString).annotate({
    description: "TLS server name; without one none is sent.",
  }),
  resumed: optional(Schema.Boolean).annotate({
    description: "On a TLS session that an equal request before it began.",
  }),
  query: optional(Template).annotate({ description: "Without the question mark." }),
  body: optional(Schema.NonEmptyString).annotate({ description: "Default none." }),
  headers: optional(Schema.Record(Schema.String, Template)).annotate({
    description:
      "Default, where a token is presented and `query` is absent: `authorization: Bearer {token}`.",
  }),
})

const Status = Schema.Int.check(Schema.isBetween({ minimum: 400, maximum: 599 }))

const Expect = Schema.Union([
  Schema.Struct({ allow: Schema.Struct({ session: NameOrNone, leaf: NameOrNone }) }),
  Schema.Struct({
    deny: Schema.Struct({
      reason: Schema.Literals(reasons as readonly [Reason, ...Reason[]]),
      status: Schema.Struct({ default: Status, "tyk-5.12": Status }),
    }),
  }),
]).annotate({
  identifier: "Expect",
  description:
    "Who is let in, by a session, by a certificate that a rule accepted, or nobody in particular; or why nobody is.",
})

const Asserted = Schema.Struct({
  status: Schema.Union([Schema.Int, Schema.Literal("handshake")]).annotate({
    description: "`handshake`: the connection is refused.",
  }),
  differs: optional(
    Schema.Literals(["status", "effects", "handshake", "additive", "agree", "exact"]),
  ).annotate({
    description: "Why the expectation is another; absent where it is not.",
  }),
}).annotate({
  identifier: "Asserted",
  description: "What the reference's own tests assert for the same request.",
})

const Vector = Schema.Struct({
  id: described.id,
  sentence: described.sentence,
  sources: described.sources,
  gateway: optional(Changes),
  present: Present,
  expect: Expect,
  asserted: optional(Asserted),
}).annotate({ identifier: "Vector" })

export const ExchangeDocument = Schema.Struct({
  $schema: Schema.String,
  about: Schema.NonEmptyString,
  world: World,
  vectors: Schema.NonEmptyArray(Vector),
}).annotate({
  title: "Exchange vectors",
  description:
    "Requests over real connections to a gateway that serves a world, and what must come of each. Certificates are recipes; keys are made anew for every run.",
})

export type ExchangeDocument = (typeof ExchangeDocument)["Type"]
export type ExchangeWorld = ExchangeDocument["world"]
export type ExchangeVector = ExchangeDocument["vectors"][number]
export type GatewaySettings = ExchangeWorld["gateway"]
export type CertificateRecipe = (typeof Certificate)["Type"]
export type SessionRecipe = (typeof Session)["Type"]
export type TokenRecipe = (typeof Token)["Type"]
export type TokenForm = (typeof Form)["Type"]
export type ListEntry = (typeof Entry)["Type"]
