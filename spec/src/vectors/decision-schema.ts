import { type Reason, reasons } from "@countersign/engine"
import * as Schema from "effect/Schema"
import { isInstant } from "./instant.ts"

/** A complete decision vector, and the parts that a file may name; every member is required. */

const Name = Schema.String.check(Schema.isPattern(/^[^\p{Cc}]{1,200}$/u)).annotate({
  description: "A text of 1 to 200 characters, none of them a control character.",
})

const Certificate = Schema.String.check(Schema.isPattern(/^[^\p{Cc}]{1,200}$/u)).annotate({
  identifier: "Certificate",
  description:
    "A certificate, by its name: its fingerprint is the SHA-256 of the name in UTF-8. 64 lower-case hexadecimal digits are a fingerprint as they stand.",
})

const Instant = Schema.String.check(
  Schema.isPattern(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/u),
  Schema.makeFilter((text) => isInstant(text) || "not an instant of the calendar", {
    description: "an instant of the calendar",
  }),
).annotate({
  identifier: "Instant",
  description:
    "RFC 3339 in UTC, `2026-06-15T12:00:00Z`, with up to three digits of a fraction of a second. Decisions are made in whole seconds: the time of a request is rounded down.",
})

const Interval = Schema.Tuple([Instant, Instant]).annotate({
  identifier: "Interval",
  description: "notBefore and notAfter; both instants are inside (RFC 5280 §4.1.2.5).",
})

const Certificates = Schema.Array(Certificate)
const None = Schema.Literal("none")

const Mechanism = Schema.Union([
  Schema.Struct({
    _tag: Schema.Literal("authToken"),
    certificate: Schema.Boolean.annotate({
      description: "true is dynamic mTLS: the certificate identifies the session.",
    }),
  }),
  Schema.Struct({ _tag: Schema.Literal("jwt") }),
]).annotate({ identifier: "Mechanism", description: "One way to authenticate." })

const Identity = Schema.Union([
  Schema.Struct({ _tag: Schema.Literal("keyless") }),
  ...Mechanism.members,
  Schema.Struct({
    _tag: Schema.Literal("alternatives"),
    groups: Schema.NonEmptyArray(Schema.NonEmptyArray(Mechanism)).annotate({
      description: "Any group suffices; within a group every mechanism must succeed.",
    }),
  }),
]).annotate({ identifier: "Identity", description: "How the caller is identified." })

const Flags = Schema.Struct({
  allowDynamicMtlsTokenAuth: Schema.Boolean.annotate({
    description: "Unsafe, default false: dynamic mTLS takes tokens without a certificate.",
  }),
  certificateTokenBinding: Schema.Boolean.annotate({
    description: "Default true: the bindings of a session are enforced.",
  }),
  boundCertificateSatisfiesAllowList: Schema.Boolean.annotate({
    description: "Unsafe, default false: a bound certificate passes the allow list.",
  }),
}).annotate({ identifier: "Flags", description: "Flags of the gateway." })

export const Policy = Schema.Struct({
  apiId: Name,
  orgId: Name,
  staticMtls: Schema.Union([
    Schema.Literal("off"),
    Schema.Struct({ leaves: Certificates, anchors: Certificates }),
  ]).annotate({
    description: "The allow list. An entry with cA TRUE stands in both lists.",
  }),
  identity: Identity,
  flags: Flags,
  revocation: Schema.Literals(["off", "soft", "hard"]),
  stripAuthorizationData: Schema.Boolean,
}).annotate({ identifier: "Policy", description: "The rule of one API." })

export const Session = Schema.Struct({
  id: Name,
  orgId: Name,
  active: Schema.Boolean,
  expiresAt: Schema.Union([Schema.Literal("never"), Instant]).annotate({
    description: "The instant itself is still valid.",
  }),
  apis: Schema.Union([Schema.Literal("all"), Schema.Array(Name)]),
  certificate: Schema.Union([
    None,
    Schema.Struct({ name: Certificate, enrolled: Schema.Boolean }),
  ]).annotate({ description: "The certificate that identifies the session (dynamic mTLS)." }),
  bindings: Schema.Union([None, Certificates]).annotate({
    description: "The certificates that the token works with; an empty list works with none.",
  }),
  secret: Schema.Boolean.annotate({
    description:
      "false: the token can be computed from public data, an organisation's id and a certificate's hash.",
  }),
}).annotate({ identifier: "Session", description: "A record of the session store." })

const Path = Schema.Struct({
  anchor: Certificate,
  validity: Interval,
  revocation: Schema.Literals(["good", "revoked", "unknown"]),
  freshUntil: Instant.annotate({ description: "Nothing is known of revocation after it." }),
}).annotate({
  identifier: "Path",
  description: "The leaf validly chains to the anchor inside the interval (RFC 5280 §6).",
})

export const Peer = Schema.Struct({
  leaf: Certificate,
  validity: Schema.Union([None, Interval]),
  revoked: Schema.Boolean.annotate({
    description: "A revocation list has the leaf, whether or not a path to its issuer is known.",
  }),
  paths: Schema.Array(Path),
}).annotate({
  identifier: "Peer",
  description:
    "What the leaf shows, the only certificate whose key the client proved. Other presented certificates are path material and have no place here.",
})

const Token = Schema.Struct({
  session: Schema.Union([None, Session]),
  confirmation: Schema.Union([Schema.Literals(["none", "malformed"]), Certificate]).annotate({
    description: "The certificate of a verified RFC 8705 `x5t#S256`.",
  }),
})

const Holder = Schema.Struct({
  leaf: Certificate,
  orgId: Name,
  enrolled: Schema.Boolean,
  session: Schema.Union([None, Session]),
})

const Status = Schema.Int.check(Schema.isBetween({ minimum: 400, maximum: 599 }))

const Allow = Schema.Struct({
  allow: Schema.Struct({
    session: Name.annotate({ description: "The session's id, or `none`." }),
    sessionBy: Schema.Literals(["token", "certificate", "jwt", "none"]),
    leaf: Certificate.annotate({
      description: "The certificate that a rule accepted, or `none`.",
    }),
    leafBy: Schema.Literals([
      "allow_list",
      "trust_path",
      "certificate",
      "binding",
      "confirmation",
      "none",
    ]).annotate({ description: "The first rule that accepted it." }),
    obligations: Schema.Array(Schema.Literal("strip_authorization_data")),
  }),
})

const Deny = Schema.Struct({
  deny: Schema.Struct({
    reason: Schema.Literals(reasons as readonly [Reason, ...Reason[]]),
    status: Schema.Struct({ default: Status, "tyk-5.12": Status }).annotate({
      description: "The HTTP status, by preset of responses.",
    }),
  }),
})

export const described = {
  id: Schema.String.check(Schema.isPattern(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/u)).annotate({
    description: "Lower-case words with dots and hyphens, unique over all files.",
  }),
  sentence: Schema.NonEmptyString.annotate({
    description: "What is presented, and what must come of it.",
  }),
  sources: Schema.NonEmptyArray(
    Schema.String.check(
      Schema.isPattern(/^(?:(?:design|S[0-4]|advisory|case):\S+|RFC \d+ §\S+)$/u),
    ),
  ).annotate({
    description: "`design:A4`, `S1:plan-1`, `RFC 5280 §4.1.2.5`, `advisory:<class>`, `case:A7`.",
  }),
  reference: Schema.optionalKey(Schema.NonEmptyString).annotate({
    description: "What weaker gateways answer, where this suite is stricter, and why it is.",
  }),
}

/** The members of a request, with its parts as given: complete, or as a file may write them. */
export function requestMembers<S extends Schema.Top, P extends Schema.Top>(session: S, peer: P) {
  const token = Token.mapFields((fields) => ({ ...fields, session: Schema.Union([None, session]) }))
  const holder = Holder.mapFields((fields) => ({
    ...fields,
    session: Schema.Union([None, session]),
  }))
  return {
    now: Instant,
    hostAgrees: Schema.Boolean.annotate({
      description: "The TLS server name and the HTTP host select the same group of policies.",
    }),
    connection: Schema.Union([
      Schema.Literal("plain"),
      Schema.Struct({ peer: Schema.Union([None, peer]) }),
    ]).annotate({ description: "`plain` is a connection without TLS." }),
    credentials: Schema.Struct({
      authToken: Schema.Union([None, token]),
      jwt: Schema.Union([Schema.Literals(["invalid", "none"]), token]),
    }).annotate({
      description: "Presented tokens; `session: none` is a token that no record has.",
    }),
    holder: Schema.Union([None, holder]).annotate({
      description: "What the stores said about the presented leaf in one organisation.",
    }),
  }
}

export const Request = Schema.Struct(requestMembers(Session, Peer))

export const Expect = Schema.Union([Allow, Deny]).annotate({ identifier: "Expect" })

export const Vector = Schema.Struct({
  ...described,
  policy: Policy,
  request: Request,
  expect: Expect,
})
