import { type Flags, type Policy, type Preset, policy } from "@countersign/engine"
import type { TokenSource } from "@countersign/http"
import type { RevocationLists } from "@countersign/x509/revocation"
import type { CertificateEntry } from "./certificates/entry.ts"
import { type ListedEntry, type ReadReferenced, resolveReference } from "./certificates/resolve.ts"
import type { CertificateStore } from "./certificates/store.ts"
import type { ApiDefinition } from "./definition/api-definition.ts"
import type { Settings } from "./gateway/settings.ts"
import { problem, type Report } from "./problem.ts"
import { type RevocationChoice, revocationMode } from "./revocation/mode.ts"
import type { Trust, TrustOf } from "./trust.ts"

/** One API, ready to be guarded. */
export interface Api {
  readonly policy: Policy
  /** Where the token stands in a request; `"none"` where the API takes no token. */
  readonly token: TokenSource | "none"
  /** What clients' certificates may chain to; absent where neither authorities nor lists decide. */
  readonly trust?: Trust
}

/** What all APIs of a configuration have in common. */
export interface CompileContext {
  readonly settings: Settings
  /** The gateway's own list, already resolved. */
  readonly everyApi: readonly ListedEntry[]
  readonly store: CertificateStore
  readonly flags: Pick<Flags, "boundCertificateSatisfiesAllowList">
  readonly preset: Preset
  readonly trustOf: TrustOf
  readonly lists: RevocationLists | "none"
  readonly revocation: RevocationChoice | undefined
}

export interface CompiledApi {
  readonly definition: ApiDefinition
  readonly api: Api
  /** Its allow list and the gateway's; empty without static mTLS. */
  readonly entries: readonly ListedEntry[]
  /** Those of them that are not stored, once each. */
  readonly unstored: readonly CertificateEntry[]
}

/** Compiles a definition; entries of its allow list that stand for nothing are reported. */
export function compileApi(
  definition: ApiDefinition,
  context: CompileContext,
  read: ReadReferenced,
  report: Report,
): CompiledApi {
  const { apiId, orgId, identity, stripAuthorizationData, token } = definition
  const { settings, flags, preset, lists } = context
  const entries = entriesOf(definition, context, read, report)
  const listed = entries === "off" ? [] : entries
  const revocation = revocationMode(apiId, context.revocation, lists !== "none")
  const trust =
    entries === "off" ? undefined : context.trustOf(listed, revocation === "off" ? "none" : lists)
  const api: Api = {
    token,
    policy: policy({
      apiId,
      orgId,
      identity,
      staticMtls: entries === "off" ? "off" : allowList(entries),
      flags: { ...settings.flags, ...flags },
      revocation,
      stripAuthorizationData,
      responses: { preset, override: settings.override },
    }),
    ...(trust && { trust }),
  }
  const unstored = listed.filter(({ entry }) => !context.store.bySha256.has(entry.sha256))
  return {
    definition,
    api,
    entries: listed,
    unstored: [...new Set(unstored.map((one) => one.entry))],
  }
}

function entriesOf(
  definition: ApiDefinition,
  { settings, everyApi, store }: CompileContext,
  read: ReadReferenced,
  report: Report,
): readonly ListedEntry[] | "off" {
  const { staticMtls, at, apiId } = definition
  if (staticMtls === "unsaid" && settings.certificates.length > 0) {
    const message = `the gateway lists certificates for every API, and \`${apiId}\` does not say whether it asks for one`
    report(problem("api.static_mtls_unsaid", at.staticMtls, message, "set it to true or false"))
  }
  if (staticMtls !== "on") return "off"
  const own = definition.allowList.flatMap(
    (reference) => resolveReference(reference, definition, store, read, report) ?? [],
  )
  const entries = [...own, ...everyApi]
  if (definition.allowList.length === 0 && entries.length === 0) {
    const message = `the allow list of API \`${apiId}\` is empty: nobody may use it`
    report(problem("allow_list.empty", at.allowList, message, "list certificates"))
  }
  return entries
}

/** A certificate that may sign others stands in both: it works for itself and for what it signs. */
function allowList(entries: readonly ListedEntry[]): { leaves: string[]; anchors: string[] } {
  const digest = ({ entry }: { entry: CertificateEntry }): string => entry.sha256
  const anchors = entries.filter(({ entry }) => entry.isAuthority)
  return { leaves: entries.map(digest), anchors: anchors.map(digest) }
}
