import type { Configuration } from "../configuration.ts"
import { problem, type Report } from "../problem.ts"
import { isDynamic, listed } from "./asks.ts"

/** Settings that open what is closed by default, with what they open. */
export function auditSettings({ facts, sessions }: Configuration, report: Report): void {
  const { settings, apis } = facts
  const dynamic = apis.filter(({ api }) => isDynamic(api.policy))
  if (settings.flags.allowDynamicMtlsTokenAuth && dynamic.length > 0) {
    const names = dynamic.map(({ definition }) => definition.apiId)
    const message = `tokens alone, without any certificate, open dynamic mTLS: ${listed(names)}`
    const remedy = "set it to false, so that these APIs ask for the certificate"
    report(problem("settings.unsafe_token", settings.unsafeFlag, message, remedy))
  }
  const bound = [...sessions.values()].filter(({ bindings }) => bindings !== "none")
  if (!settings.flags.certificateTokenBinding && bound.length > 0) {
    const message = `bindings are not enforced: ${bound.length} bound tokens work with every certificate`
    const remedy = "switch binding on, or remove the bindings"
    report(problem("settings.bindings_off", settings.bindingFlag, message, remedy))
  }
}
