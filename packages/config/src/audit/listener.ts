import type { Configuration } from "../configuration.ts"
import { problem, type Report } from "../problem.ts"
import { asksForCertificate, listed } from "./asks.ts"

/** APIs that read client certificates where there is no TLS to show them in. */
export function auditListener({ facts }: Configuration, report: Report): void {
  const { listener } = facts.settings
  const asking = facts.apis.filter(({ api }) => asksForCertificate(api.policy))
  const plain = asking.filter(({ definition }) => definition.protocol === "h2c")
  for (const { definition } of plain) {
    const message = `\`${definition.apiId}\` asks for certificates over a protocol without TLS: it refuses everyone`
    report(problem("api.without_tls", definition.place, message, "serve it over https"))
  }
  if (listener === undefined || listener.tls || asking.length === 0) return
  const names = asking.map(({ definition }) => definition.apiId)
  const message = `the gateway listens without TLS, where no certificate can be shown: ${listed(names)}`
  const remedy = "set `http_server_options.use_ssl`, and let nothing end TLS in front of it"
  report(problem("api.without_tls", listener.place, message, remedy))
}
