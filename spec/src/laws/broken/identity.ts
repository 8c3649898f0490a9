import { decide, type PolicyInput, policy, type Verdict } from "@countersign/engine"
import {
  type BrokenSubject,
  broken,
  onFlags,
  onHolder,
  onRecords,
  peerOf,
} from "./broken-subject.ts"

type Identity = PolicyInput["identity"]

function onGroups(
  { identity, ...input }: PolicyInput,
  change: (groups: Extract<Identity, { _tag: "alternatives" }>["groups"]) => Identity,
): PolicyInput {
  return {
    ...input,
    identity: identity._tag === "alternatives" ? change(identity.groups) : identity,
  }
}

function isDynamic(identity: Identity): boolean {
  return identity._tag === "authToken" && identity.certificate
}

function retold(verdict: Verdict, detail: string, told: Partial<Verdict>): Verdict {
  return verdict._tag === "Deny" && verdict.detail === detail
    ? Object.assign({}, verdict, told)
    : verdict
}

/** The engine answers a request without time with a fault of its own. */
const throwing: BrokenSubject = {
  id: "throws",
  caughtBy: "no-request-makes-it-throw",
  what: "a request without time throws",
  subject: {
    name: "throws",
    policy,
    decide: (compiled, request) => {
      if (!Number.isFinite(request.now)) throw new TypeError("no time")
      return decide(compiled, request)
    },
  },
}

export const identityFaults: readonly BrokenSubject[] = [
  broken(
    "no-right-is-every-right",
    "a-session-is-active-in-time-and-entitled",
    "a session without rights may use every API",
    {
      request: (request) =>
        onRecords(request, (record) =>
          record.apis !== "all" && record.apis.size === 0 ? { ...record, apis: "all" } : record,
        ),
    },
  ),
  broken(
    "activity-is-inverted",
    "a-lesser-session-never-opens",
    "a session is active where it is marked inactive",
    {
      request: (request) =>
        onRecords(request, (record) => ({ ...record, active: record.active === false })),
    },
  ),
  broken(
    "rights-are-not-read",
    "a-session-is-active-in-time-and-entitled",
    "a session may use every API of its organisation",
    {
      request: (request) => onRecords(request, (record) => ({ ...record, apis: "all" })),
    },
  ),
  broken(
    "empty-bindings-are-none",
    "one-binding-less-never-opens",
    "a session bound to no certificate is not bound",
    {
      request: (request) =>
        onRecords(request, (record) =>
          record.bindings.length === 0 ? { ...record, bindings: "none" } : record,
        ),
    },
  ),
  broken(
    "unreadable-bindings-are-none",
    "a-list-that-cannot-be-read-binds-to-nothing",
    "bindings that are no list bind nothing",
    {
      request: (request) =>
        onRecords(request, (record) =>
          Array.isArray(record.bindings) ? record : { ...record, bindings: "none" },
        ),
    },
  ),
  broken(
    "bound-only-with-a-list",
    "a-bound-token-comes-with-its-certificate",
    "a bound token is compared only where there is an allow list",
    {
      policy: (compiled) =>
        compiled.staticMtls === "off"
          ? onFlags(compiled, { certificateTokenBinding: false })
          : compiled,
    },
  ),
  broken(
    "token-alone",
    "a-token-alone-opens-no-dynamic-api",
    "a dynamic API takes a token where no certificate was presented",
    {
      policy: (compiled, request) =>
        peerOf(request) === undefined
          ? onFlags(compiled, { allowDynamicMtlsTokenAuth: true })
          : compiled,
    },
  ),
  broken(
    "binding-is-inverted",
    "a-safer-flag-never-opens",
    "the flag that enforces bindings is read inverted",
    {
      policy: (compiled) =>
        onFlags(compiled, { certificateTokenBinding: !compiled.flags.certificateTokenBinding }),
    },
  ),
  broken(
    "flags-are-inverted",
    "unknown-foreign-and-computed-tokens-are-answered-alike",
    "the unsafe flag is read inverted",
    {
      policy: (compiled) =>
        onFlags(compiled, {
          allowDynamicMtlsTokenAuth: !compiled.flags.allowDynamicMtlsTokenAuth,
        }),
    },
  ),
  broken(
    "public-keys-are-secret",
    "a-token-of-public-data-opens-nothing",
    "a key that can be computed is a token like any",
    {
      request: (request) => onRecords(request, (record) => ({ ...record, secret: true })),
    },
  ),
  broken(
    "public-keys-without-tls",
    "unknown-foreign-and-computed-tokens-are-answered-alike",
    "a key that can be computed is a token on plain connections",
    {
      request: (request) =>
        request.connection._tag === "plain"
          ? onRecords(request, (record) => ({ ...record, secret: true }))
          : request,
    },
  ),
  broken(
    "token-and-certificate-apart",
    "token-and-certificate-agree",
    "the token beside a certificate is not looked at",
    {
      request: (request, { identity }) =>
        isDynamic(identity) && peerOf(request) !== undefined
          ? { ...request, credentials: { ...request.credentials, authToken: "none" } }
          : request,
    },
  ),
  broken(
    "jwt-is-a-token",
    "who-is-named-was-presented",
    "an Allow by a jwt says that it was a token",
    {
      verdict: (verdict) =>
        verdict._tag === "Allow" && verdict.identity.sessionBy === "jwt"
          ? { ...verdict, identity: { ...verdict.identity, sessionBy: "token" } }
          : verdict,
    },
  ),
  broken(
    "any-organisation",
    "a-session-opens-its-own-organisation",
    "a session of another organisation is a session",
    {
      request: (request, { orgId }) => {
        const own = onRecords(request, (record) => ({ ...record, orgId }))
        return onHolder(own, (holder) => ({ ...holder, orgId }))
      },
    },
  ),
  broken(
    "organisations-by-letters",
    "names-that-look-alike-are-two",
    "organisations are compared without case and blanks",
    {
      input: (input) => ({ ...input, orgId: input.orgId.trim().toLowerCase() }),
    },
  ),
  broken(
    "foreign-is-told",
    "unknown-foreign-and-computed-tokens-are-answered-alike",
    "a token of another organisation is answered otherwise",
    {
      verdict: (verdict) => retold(verdict, "other_organisation", { reason: "auth.access_denied" }),
    },
  ),
  broken(
    "computed-is-told",
    "unknown-foreign-and-computed-tokens-are-answered-alike",
    "a token that can be computed is answered otherwise",
    {
      verdict: (verdict) => retold(verdict, "computable_token", { message: "Not with this key" }),
    },
  ),
  broken(
    "denied-with-200",
    "a-denial-tells-nothing",
    "a denial is answered with the status of success",
    {
      verdict: (verdict) => (verdict._tag === "Deny" ? { ...verdict, status: 200 } : verdict),
    },
  ),
  broken(
    "message-names-organisation",
    "a-denial-tells-nothing",
    "a message names the organisation",
    {
      verdict: (verdict, _, { orgId }) =>
        verdict._tag === "Deny"
          ? { ...verdict, message: `${verdict.message} (${orgId})` }
          : verdict,
    },
  ),
  broken(
    "first-group-alone",
    "alternatives-answer-as-one-of-them",
    "of alternatives the first decides",
    {
      input: (input) =>
        onGroups(input, (groups) => ({ _tag: "alternatives", groups: groups.slice(0, 1) })),
    },
  ),
  broken(
    "one-of-a-group",
    "a-group-allows-what-each-of-its-mechanisms-allows",
    "of a group one mechanism suffices",
    {
      input: (input) =>
        onGroups(input, (groups) => ({
          _tag: "alternatives",
          groups: groups.flatMap((group) => group.map((mechanism) => [mechanism])),
        })),
    },
  ),
  broken(
    "nothing-to-ask-allows",
    "empty-alternatives-deny",
    "without alternatives nobody is asked for",
    {
      input: (input) =>
        onGroups(input, (groups) =>
          groups.every(({ length }) => length === 0)
            ? { _tag: "keyless" }
            : { _tag: "alternatives", groups },
        ),
    },
  ),
  broken(
    "reads-every-credential",
    "what-an-api-does-not-read-never-matters",
    "a jwt that fails to verify is refused on every API",
    {
      policy: (compiled, { credentials: { jwt } }) =>
        jwt === "invalid" ? { ...compiled, identity: { _tag: "jwt" } } : compiled,
    },
  ),
  broken(
    "truthy-host",
    "damage-never-opens",
    "whether the host agrees is asked for truth, not for `true`",
    {
      request: (request) => ({ ...request, hostAgrees: Boolean(request.hostAgrees) }),
    },
  ),
  throwing,
]
