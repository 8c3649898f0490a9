import type { Preset, Responses } from "@countersign/engine"
import type { Routes } from "@countersign/http"
import type { CertificateEntry } from "./certificates/entry.ts"
import type { StoredCertificate } from "./certificates/store.ts"
import type { Api, CompiledApi } from "./compile-api.ts"
import type { Environment } from "./gateway/environment.ts"
import type { KeyRules, Settings } from "./gateway/settings.ts"
import type { Place, Problem } from "./problem.ts"
import type { ListedRevocationList } from "./revocation/list-file.ts"
import type { RevocationChoice } from "./revocation/mode.ts"
import type { KnownSession } from "./sessions/known-session.ts"

/** A configuration that can be served: what a guard needs, and what an audit wants to know. */
export interface Configuration {
  readonly _tag: "Configuration"
  readonly routes: Routes
  readonly apis: ReadonlyMap<string, Api>
  readonly keys: KeyRules
  /** The answers where no API could be found. */
  readonly responses: Responses
  /** By store key. */
  readonly sessions: ReadonlyMap<string, KnownSession>
  /** Ids of the stored certificates: organisation id followed by SHA-256. */
  readonly certificates: ReadonlySet<string>
  readonly facts: ConfigurationFacts
  /** Warnings. */
  readonly problems: readonly Problem[]
}

/** A configuration that is not served, and everything that is wrong with it. */
export interface Invalid {
  readonly _tag: "Invalid"
  readonly problems: readonly Problem[]
}

/** What was read, for audits and listings. */
export interface ConfigurationFacts {
  /** A single file has no place for sessions. */
  readonly isFolder: boolean
  readonly settings: Settings
  readonly apis: readonly CompiledApi[]
  readonly stored: readonly StoredCertificate[]
  /** Every certificate that is stored or listed, by SHA-256. */
  readonly certificates: ReadonlyMap<string, CertificateEntry>
  readonly revocationLists: readonly ListedRevocationList[]
  /** Sessions that were found; those that cannot be used are not among `sessions`. */
  readonly foundSessions: number
  /** Where each session stands, by store key. */
  readonly sessionPlaces: ReadonlyMap<string, Place>
}

export interface LoadOptions {
  /** Environment variables; they win over the gateway's file. Default: none. */
  readonly env?: Environment
  /** Epoch milliseconds, for what is expired or about to be. */
  readonly now: number
  /** The organisation of definitions that name none. */
  readonly orgId?: string
  /** No document names this flag of the engine (seed S4, first snapshot); default false. */
  readonly boundCertificateSatisfiesAllowList?: boolean
  /**
   * How strictly the lists of `crls` are checked, for every API or by API id (RFC 5280 §6.3); default `soft`
   * where there is a list, otherwise `off`. `soft`: what a list revokes is refused. `hard`: so is what an
   * authority signed and no current list shows to be good. No document names it.
   */
  readonly revocation?: RevocationChoice
  /** Statuses and messages before `override_messages`; default `default`. */
  readonly preset?: Preset
}
