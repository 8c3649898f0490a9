import { type Place, problem, type Report } from "../problem.ts"

// What is found in every form of definition, in the same words.

/** A mechanism that is not honoured: leaving it out would open the API to whoever cannot pass it. */
export function refuseMechanism(name: string, place: Place, report: Report): void {
  const message = `this API asks for ${name}, which is not supported: without it the API would be open`
  const remedy =
    "keep this API behind a gateway that checks it, or authenticate by token or certificate"
  report(problem("api.mechanism", place, message, remedy))
}

export function checkProtocol(protocol: string, place: Place, report: Report): void {
  if (httpProtocols.has(protocol)) return
  const message = "only HTTP requests can be decided"
  report(problem("api.protocol", place, message, "use one of: http, https, h2c"))
}

const httpProtocols: ReadonlySet<string> = new Set(["", "http", "https", "h2c"])

export function checkBaseIdentity(base: string, place: Place, report: Report): void {
  if (base === "" || base === "auth_token") return
  const message = "the session is to come from a mechanism that is not supported"
  report(problem("api.base_identity", place, message, "set it to `auth_token`, or leave it out"))
}

/** `state`: `not active` or `internal`. */
export function reportNotServed(apiId: string, state: string, place: Place, report: Report): void {
  const message = `API \`${apiId}\` is ${state}: it is not served`
  report(problem("api.not_served", place, message, "none, if that is meant"))
}

export function reportOpen(place: Place, report: Report): void {
  const message = "this API is open: it asks for neither a certificate nor a token"
  report(problem("api.open", place, message, "none, if that is meant"))
}

/** An API that only addresses of clients would protect is open here. */
export function refuseAddressesAlone(place: Place, report: Report): void {
  const message = "only an allow list of addresses protects this API, and they are not checked here"
  const remedy = "ask for a token or a certificate, or check addresses in front of the API"
  report(problem("api.mechanism", place, `${message}: it would be open`, remedy))
}

export function reportAddresses(place: Place, report: Report): void {
  const message = "addresses of clients are not checked here"
  report(problem("api.not_enforced", place, message, "check them in front of the API"))
}

/** An allow list that nothing switches on is where a lost or misspelt member would open the API. */
export function reportUnsaid(list: string, place: Place, report: Report): void {
  const message = `\`${list}\` is there, but nothing says whether it counts`
  const remedy = "set this to true, or to false if no certificate shall be asked for"
  report(problem("api.static_mtls_unsaid", place, message, remedy))
}
