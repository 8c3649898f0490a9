import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { OperatorError } from "../terminal.ts"

const names = Schema.Array(Schema.String)
const about = Schema.optionalKey(Schema.String)
const optionalName = Schema.optionalKey(Schema.String)
const table = <A extends Schema.Top>(value: A) => Schema.Record(Schema.String, value)

/** Days from the start of the run. */
const validity = Schema.Struct({ fromDays: Schema.Number, toDays: Schema.Number })

const certificate = Schema.Struct({
  about,
  /** The authority that signs it; without one it signs itself, as `openssl req -x509` does. */
  issuer: optionalName,
  /** Signs others; one that is "posing" may not, and does. */
  authority: Schema.optionalKey(Schema.Union([Schema.Boolean, Schema.Literals(["posing"])])),
  /** What it is for; clients' if nothing is said. Of no concern to authorities. */
  usage: Schema.optionalKey(Schema.Literals(["client", "server"])),
  /** DNS names of its subject. */
  names: Schema.optionalKey(names),
  /** Of an authority: DNS names below which alone it may name subjects (RFC 5280 §4.2.1.10). */
  permits: Schema.optionalKey(names),
  key: Schema.optionalKey(Schema.Literals(["P-256", "RSA-2048"])),
  validity: Schema.optionalKey(validity),
  /** The organisation in whose store it stands. */
  stored: optionalName,
})

const revocationList = Schema.Struct({ about, revoked: names, validity })

const api = Schema.Struct({
  about,
  organisation: Schema.String,
  identity: Schema.Literals(["keyless", "token", "certificate"]),
  /** Present: static mTLS. */
  allowList: Schema.optionalKey(names),
  domain: optionalName,
})

const session = Schema.Struct({
  about,
  organisation: Schema.String,
  /** Present: the certificate identifies the session, and its key is computed from it. */
  certificate: optionalName,
  bindings: Schema.optionalKey(names),
  apis: names,
  inactive: Schema.optionalKey(Schema.Boolean),
  expiresDays: Schema.optionalKey(Schema.Number),
})

const token = Schema.Union([
  Schema.Struct({
    about,
    computedFrom: Schema.String,
    organisation: Schema.String,
    form: Schema.optionalKey(Schema.Literals(["json"])),
  }),
  Schema.Struct({ about, text: Schema.String }),
])

const world = Schema.Struct({
  organisations: table(Schema.String),
  certificates: table(certificate),
  /** By the authority that signs them; without a list nobody is revoked. */
  revocationLists: Schema.optionalKey(table(revocationList)),
  gateway: Schema.Struct({ allowList: names }),
  apis: table(api),
  sessions: table(session),
  /** Tokens that belong to no session; a session's own goes by the session's name. */
  tokens: table(token),
})

export const flagNames = [
  "allow_dynamic_mtls_token_auth",
  "bound_certificate_satisfies_allow_list",
  "disable_certificate_token_binding",
  "revocation_hard",
] as const

const scenario = Schema.Struct({
  id: Schema.String,
  title: Schema.String,
  source: Schema.String,
  /** Flags of the gateway that are on; the others are at their defaults. */
  flags: Schema.Array(Schema.Literals(flagNames)),
  present: Schema.Struct({
    transport: Schema.Literals(["tls", "plain"]),
    /** The certificate whose key the client holds, then others that it merely sends. */
    chain: names,
    token: Schema.NullOr(Schema.String),
    api: Schema.String,
    /** TLS server name; without one none is sent. */
    serverName: optionalName,
    host: optionalName,
    /** Instead of the API's listen path. */
    path: optionalName,
    /** On a resumed TLS session. */
    resumed: Schema.optionalKey(Schema.Boolean),
  }),
  expect: Schema.Union([
    Schema.Struct({
      verdict: Schema.Literals(["Allow"]),
      status: Schema.Number,
      session: Schema.NullOr(Schema.String),
    }),
    Schema.Struct({
      verdict: Schema.Literals(["Deny"]),
      reason: Schema.String,
      status: Schema.Number,
    }),
  ]),
})

const file = Schema.Struct({
  about,
  sources: table(Schema.String),
  world,
  groups: Schema.Array(Schema.Struct({ title: Schema.String, scenarios: Schema.Array(scenario) })),
})

/** Who exists, and what is presented with what must come of it. */
export type ScenarioFile = (typeof file)["Type"]
export type World = ScenarioFile["world"]
export type Scenario = (typeof scenario)["Type"]
export type Flag = (typeof flagNames)[number]

/** The scenarios that this package ships; `spec/scenarios.json` of the repository is the same file. */
export const scenarioPath: string = fileURLToPath(new URL("../../scenarios.json", import.meta.url))

/** Reads a scenario file; whatever is wrong with it is an `OperatorError`. */
export function readScenarioFile(path: string = scenarioPath): ScenarioFile {
  const decoded = decode(parse(path))
  if (Result.isSuccess(decoded)) return decoded.success
  const [reason] = String(decoded.failure).split("\n")
  throw new OperatorError(`${path} is not a scenario file: ${reason}`)
}

const decode = Schema.decodeUnknownResult(file, { onExcessProperty: "error" })

function parse(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"))
  } catch (error) {
    const why = error instanceof Error ? error.message.split("\n")[0] : "unknown reason"
    throw new OperatorError(`cannot read scenarios from ${path}: ${why}`)
  }
}
