import * as Schema from "effect/Schema"
import * as Struct from "effect/Struct"
import { described, Expect, Peer, Policy, requestMembers, Session } from "./decision-schema.ts"

/** A file of decision vectors as it is written: parts may be named, and named parts changed. */

/** Complete, or by its name, or a named one with other members in place of its own. */
function orLike<F extends Schema.Struct.Fields>(
  part: Schema.Struct<F>,
  table: string,
  identifier: string,
) {
  const name = Schema.String.annotate({ description: `A name from \`${table}\`.` })
  const changed = part.mapFields((fields) => ({
    like: name,
    ...Struct.map(fields, Schema.optionalKey),
  }))
  return Schema.Union([name, changed, part]).annotate({ identifier })
}

const written = {
  policy: orLike(Policy, "policies", "WrittenPolicy"),
  session: orLike(Session, "sessions", "WrittenSession"),
  peer: orLike(Peer, "peers", "WrittenPeer"),
}

const WrittenRequest = Schema.Struct(requestMembers(written.session, written.peer)).annotate({
  identifier: "WrittenRequest",
  description: "Everything that a decision may depend on, beside the policy.",
})

const WrittenVector = Schema.Struct({
  ...described,
  policy: written.policy,
  request: orLike(WrittenRequest, "requests", "NamedRequest"),
  expect: Expect,
})

const names = Schema.String.check(Schema.isPattern(/^(?!none$)[a-z0-9]+(?:-[a-z0-9]+)*$/u))

function table<S extends Schema.Top>(entry: S, description: string) {
  return Schema.optionalKey(Schema.Record(names, entry).annotate({ description }))
}

/** The committed JSON Schema is made of this. */
export const DecisionFile = Schema.Struct({
  $schema: Schema.optionalKey(Schema.String),
  about: Schema.NonEmptyString,
  policies: table(Policy, "Complete policies, by name."),
  sessions: table(Session, "Complete sessions, by name."),
  peers: table(Peer, "Complete peers, by name."),
  requests: table(
    WrittenRequest,
    "Complete requests, by name; their sessions and peers may be named.",
  ),
  vectors: Schema.NonEmptyArray(WrittenVector),
}).annotate({
  title: "Decision vectors",
  description:
    "Cases of one decision each. Wherever a policy, session, peer or request is expected, its name in this file may stand instead, or an object whose `like` is a name and whose other members replace those of the named part, whole.",
})

const entries = Schema.optionalKey(Schema.Record(names, Schema.Unknown))

/** The outermost members alone: entries are resolved and decoded one by one. */
export const Shell = Schema.Struct({
  ...DecisionFile.fields,
  policies: entries,
  sessions: entries,
  peers: entries,
  requests: entries,
  vectors: Schema.NonEmptyArray(Schema.Unknown),
})
