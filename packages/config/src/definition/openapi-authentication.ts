import type { Identity, Mechanism } from "@countersign/engine"
import { type TokenSource, tokenSource } from "@countersign/http"
import { own } from "../document/record.ts"
import { below, type Place, problem, type Report, shown } from "../problem.ts"
import type { ApiDefinition } from "./api-definition.ts"
import { checkBaseIdentity, refuseAddressesAlone, refuseMechanism, reportOpen } from "./findings.ts"
import { requirementsOf } from "./openapi-requirements.ts"
import type { Authentication, OpenApiDocument, TokenScheme } from "./openapi-schema.ts"

type Result = Pick<ApiDefinition, "identity" | "token" | "stripAuthorizationData">

/** Reads who may call the API and where its token stands; what is not honoured is reported. */
export function readAuthentication(
  document: OpenApiDocument,
  place: Place,
  report: Report,
): Result {
  const authentication = document["x-tyk-api-gateway"].server.authentication ?? {}
  const { enabled, stripAuthorizationData = false } = authentication
  refuseMechanisms(document, authentication, place, report)
  if (enabled === false) {
    checkKeyless(document, authentication, below(place, "enabled"), report)
    return { identity: { _tag: "keyless" }, token: "none", stripAuthorizationData }
  }
  if (enabled === undefined) reportUnsaid(document, below(place, "enabled"), report)
  const base = authentication.baseIdentityProvider ?? ""
  checkBaseIdentity(base, below(place, "baseIdentityProvider"), report)
  const groups = requirementsOf(document, place, report)
  const schemes = [...new Set(groups.flat())]
  const token = sourceOf(document, schemes, place, report)
  const certificate = usesCertificate(document)
  return { identity: identityOf(groups.length, certificate), token, stripAuthorizationData }
}

/** Without a word about it only an allow list keeps the API from being open to whoever has a token. */
function reportUnsaid(document: OpenApiDocument, place: Place, report: Report): void {
  const listed = document["x-tyk-api-gateway"].server.clientCertificates?.enabled === true
  const code = listed ? "api.authentication_assumed" : "api.authentication_unsaid"
  const message = `authentication is not mentioned${listed ? "; a token is asked for" : ""}`
  const remedy = "set `enabled` to true, or to false if the API is to be keyless"
  report(problem(code, place, message, remedy))
}

/** All schemes that are honoured are tokens, so that groups differ in nothing but their number. */
function identityOf(groups: number, certificate: boolean): Identity {
  const mechanism: Mechanism = { _tag: "authToken", certificate }
  if (groups < 2) return mechanism
  return { _tag: "alternatives", groups: Array.from({ length: groups }, () => [mechanism]) }
}

/**
 * `enableClientCertificate` counts only where `certificateAuth` is absent; then also where no requirement
 * names its scheme, because a lost requirement may not open the API to tokens alone.
 */
function usesCertificate(document: OpenApiDocument): boolean {
  const authentication = document["x-tyk-api-gateway"].server.authentication
  const { certificateAuth } = authentication ?? {}
  if (certificateAuth !== undefined) return certificateAuth.enabled === true
  return Object.values(authentication?.securitySchemes ?? {}).some(
    (scheme) => scheme.enabled !== false && scheme.enableClientCertificate === true,
  )
}

function schemeOf(document: OpenApiDocument, name: string): TokenScheme | undefined {
  const schemes = document["x-tyk-api-gateway"].server.authentication?.securitySchemes ?? {}
  return Object.hasOwn(schemes, name) ? schemes[name] : undefined
}

/** A scheme adds its places to those of the header where `certificateAuth` is there, otherwise to none. */
function sourceOf(
  document: OpenApiDocument,
  schemes: readonly string[],
  place: Place,
  report: Report,
): TokenSource {
  const { certificateAuth } = document["x-tyk-api-gateway"].server.authentication ?? {}
  const sources = schemes.map((name) => {
    const isAlone = certificateAuth === undefined
    return schemeSource(schemeOf(document, name), componentOf(document, name), isAlone)
  })
  const [first = tokenSource({})] = sources
  if (sources.some((source) => JSON.stringify(source) !== JSON.stringify(first))) {
    const message = "this API takes tokens in different places for different schemes"
    const remedy = "use one scheme for tokens"
    report(problem("api.mechanism", below(place, "securitySchemes"), message, remedy))
  }
  return first
}

type Component = { readonly in?: string; readonly name?: string }

function componentOf({ components }: OpenApiDocument, name: string): Component {
  const schemes = components?.securitySchemes ?? {}
  return (Object.hasOwn(schemes, name) ? schemes[name] : undefined) ?? {}
}

function schemeSource(
  scheme: TokenScheme | undefined,
  { in: where, name }: Component,
  isAlone: boolean,
): TokenSource {
  const { header, query, cookie } = scheme ?? {}
  const inHeader = where === "header"
  return tokenSource({
    disableHeader: !inHeader && (header === undefined ? isAlone : header.enabled !== true),
    authHeaderName: inHeader ? name : header?.name,
    useParam: where === "query" || query?.enabled === true,
    paramName: where === "query" ? name : query?.name,
    useCookie: where === "cookie" || cookie?.enabled === true,
    cookieName: where === "cookie" ? name : cookie?.name,
  })
}

function refuseMechanisms(
  document: OpenApiDocument,
  authentication: Authentication,
  place: Place,
  report: Report,
): void {
  checkSwitch(authentication.certificateAuth, below(place, "certificateAuth"), report)
  for (const name of ["hmac", "oidc", "custom"] as const) {
    checkSwitch(authentication[name], below(place, name), report)
    if (authentication[name]?.enabled === true) {
      refuseMechanism(`\`${name}\``, below(place, name, "enabled"), report)
    }
  }
  for (const [name, scheme] of Object.entries(authentication.securitySchemes ?? {})) {
    const at = below(place, "securitySchemes", name)
    const kind = own(document.components?.securitySchemes ?? {}, name)
    const isToken = kind === undefined || componentKind(kind) === "apiKey"
    if (scheme.enabled === true && !isToken) {
      refuseMechanism(`scheme \`${shown(name)}\``, below(at, "enabled"), report)
    }
    checkSwitch(scheme.signatureValidation, below(at, "signatureValidation"), report)
    if (scheme.signatureValidation?.enabled === true) {
      refuseMechanism("request signatures", below(at, "signatureValidation", "enabled"), report)
    }
  }
}

/** A mechanism that nothing switches on or off is where a lost `enabled` would open the API. */
function checkSwitch(
  mechanism: { readonly enabled?: boolean } | undefined,
  place: Place,
  report: Report,
): void {
  if (mechanism === undefined || mechanism.enabled !== undefined) return
  const message = "this is there, but nothing says whether it counts"
  const remedy = "set this to true or false, or remove the object"
  report(problem("api.authentication_unsaid", below(place, "enabled"), message, remedy))
}

function componentKind(component: unknown): unknown {
  return typeof component === "object" && component !== null
    ? Reflect.get(component, "type")
    : undefined
}

function checkKeyless(
  document: OpenApiDocument,
  authentication: Authentication,
  place: Place,
  report: Report,
): void {
  const schemes = Object.values(authentication.securitySchemes ?? {})
  const asks =
    authentication.certificateAuth?.enabled === true ||
    schemes.some(({ enabled }) => enabled === true)
  if (asks) {
    const message = "authentication is disabled, but a scheme in it is enabled"
    report(problem("api.contradiction", place, message, "keep one of the two"))
    return
  }
  const { clientCertificates, ipAccessControl } = document["x-tyk-api-gateway"].server
  if (clientCertificates?.enabled === true) return
  if (ipAccessControl?.enabled === true) refuseAddressesAlone(place, report)
  else reportOpen(place, report)
}
