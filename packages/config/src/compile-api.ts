import { type Flags, type Policy, type Preset, policy } from "@countersign/engine"
import type { TokenSource } from "@countersign/http"
import type { CertificateEntry } from "./certificates/entry.ts"
import { type ReadReferenced, resolveReference } from "./certificates/resolve.ts"
import type { CertificateStore } from "./certificates/store.ts"
import type { ApiDefinition } from "./definition/api-definition.ts"
import type { Settings } from "./gateway/settings.ts"
import { below, problem, type Report } from "./problem.ts"

/** One API, ready to be guarded. */
export interface Api {
  readonly policy: Policy
  /** Where the token stands in a request; `"none"` where the API takes no token. */
  readonly token: TokenSource | "none"
}

/** What all APIs of a configuration have in common. */
export interface CompileContext {
  readonly settings: Settings
  /** The gateway's own list, already resolved. */
  readonly everyApi: readonly CertificateEntry[]
  readonly store: CertificateStore
  readonly read: ReadReferenced
  readonly flags: Pick<Flags, "boundCertificateSatisfiesAllowList">
  readonly preset: Preset
}

export interface CompiledApi {
  readonly definition: ApiDefinition
  readonly api: Api
  /** Its allow list and the gateway's; empty without static mTLS. */
  readonly entries: readonly CertificateEntry[]
}

/** Compiles a definition; entries of its allow list that stand for nothing are reported. */
export function compileApi(
  definition: ApiDefinition,
  context: CompileContext,
  report: Report,
): CompiledApi {
  const { apiId, orgId, identity, stripAuthorizationData, token } = definition
  const { settings, flags, preset } = context
  const entries = entriesOf(definition, context, report)
  const api: Api = {
    token,
    policy: policy({
      apiId,
      orgId,
      identity,
      staticMtls: entries === "off" ? "off" : allowList(entries),
      flags: { ...settings.flags, ...flags },
      stripAuthorizationData,
      responses: { preset, override: settings.override },
    }),
  }
  return { definition, api, entries: entries === "off" ? [] : entries }
}

function entriesOf(
  definition: ApiDefinition,
  context: CompileContext,
  report: Report,
): readonly CertificateEntry[] | "off" {
  const { staticMtls, place } = definition
  if (staticMtls === "unsaid" && context.settings.certificates.length > 0) {
    const message =
      "the gateway lists certificates for every API, and this one does not say whether it asks for one"
    const at = below(place, "use_mutual_tls_auth")
    report(
      problem("api.static_mtls_unsaid", at, message, "set `use_mutual_tls_auth` to true or false"),
    )
  }
  if (staticMtls !== "on") return "off"
  const own = definition.allowList.flatMap((reference) => {
    const entry = resolveReference(reference, definition, context.store, context.read, report)
    return entry === undefined ? [] : [entry]
  })
  const entries = [...own, ...context.everyApi]
  if (definition.allowList.length === 0 && entries.length === 0) {
    const message = `the allow list of API \`${definition.apiId}\` is empty: nobody may use it`
    report(
      problem(
        "allow_list.empty",
        below(place, "client_certificates"),
        message,
        "list certificates",
      ),
    )
  }
  return entries
}

/** A certificate that may sign others stands in both: it works for itself and for what it signs. */
function allowList(entries: readonly CertificateEntry[]): { leaves: string[]; anchors: string[] } {
  const anchors = entries.filter((entry) => entry.isAuthority)
  return {
    leaves: entries.map((entry) => entry.sha256),
    anchors: anchors.map((entry) => entry.sha256),
  }
}
