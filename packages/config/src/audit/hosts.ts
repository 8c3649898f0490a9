import type { CompiledApi } from "../compile-api.ts"
import type { Configuration } from "../configuration.ts"
import { problem, type Report, shown } from "../problem.ts"
import { asksForCertificate, isDynamic, listed } from "./asks.ts"
import { groupBy } from "./group.ts"

/** What the TLS handshake, which knows the host and nothing else, cannot do right for every API. */
export function auditHosts({ facts }: Configuration, report: Report): void {
  const byHost = groupBy(facts.apis, ({ definition }) => definition.host.toLowerCase())
  const announces = facts.settings.listener?.announcesAuthorities !== false
  for (const [host, apis] of byHost) {
    checkMixed(host, apis, report)
    if (announces) checkAnnounced(host, apis, report)
  }
  for (const one of facts.apis) checkHeader(one, report)
}

function checkMixed(host: string, apis: readonly CompiledApi[], report: Report): void {
  const asking = apis.filter(({ api }) => asksForCertificate(api.policy))
  const other = apis.find(({ api }) => !asksForCertificate(api.policy))
  if (asking.length === 0 || other === undefined) return
  const names = asking.map(({ definition }) => definition.apiId)
  const message = `on host \`${shown(host)}\` ${listed(names, 3)} ask for a client certificate and \`${shown(other.definition.apiId)}\` does not: the handshake cannot tell them apart, every client is asked`
  const remedy = "give the APIs that ask for certificates a host of their own"
  report(problem("api.mixed_host", other.definition.at.host, message, remedy))
}

/** Servers announce their authorities in one handshake message, which many clients limit to 16 KiB. */
function checkAnnounced(host: string, apis: readonly CompiledApi[], report: Report): void {
  const subjects = new Map<string, number>()
  for (const { entries } of apis) {
    for (const { entry } of entries) {
      const { key, bytes } = entry.certificate.subject
      if (entry.isAuthority) subjects.set(key, bytes.length + 2)
    }
  }
  const size = [...subjects.values()].reduce((sum, length) => sum + length, 0)
  const [first] = apis
  if (size <= announcedLimit || first === undefined) return
  const message = `the names of ${subjects.size} authorities on host \`${shown(host)}\` take ${size} bytes of the handshake`
  const remedy = "list fewer authorities, or set `http_server_options.skip_client_ca_announcement`"
  report(problem("api.authority_list", first.definition.at.allowList, message, remedy))
}

const announcedLimit = 16_384

/** A presented token and the certificate must agree: a token that is meant for the upstream does not. */
function checkHeader({ definition, api }: CompiledApi, report: Report): void {
  if (api.token === "none" || api.token.header !== "authorization") return
  if (!isDynamic(api.policy) || definition.stripAuthorizationData) return
  const message = `clients of \`${shown(definition.apiId)}\` that send the upstream's Authorization header are refused: it is read as a token`
  const remedy = "name another header in `auth_header_name`, or strip the authorization data"
  report(problem("api.authorization_header", definition.at.token, message, remedy))
}
