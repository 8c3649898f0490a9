import type { Identity } from "@countersign/engine"
import type { TokenSource } from "@countersign/http"
import type { Place } from "../problem.ts"

/** What every form of API definition says about access, before certificates are resolved. */
export interface ApiDefinition {
  readonly place: Place
  /** Where the members stand that problems are found in later. */
  readonly at: DefinitionPlaces
  readonly apiId: string
  readonly orgId: string
  readonly name: string
  readonly host: string
  readonly listenPath: string
  /** `unsaid`: the document does not say; off, unless the gateway lists certificates for every API. */
  readonly staticMtls: "on" | "off" | "unsaid"
  readonly allowList: readonly CertificateReference[]
  readonly identity: Identity
  readonly token: TokenSource | "none"
  readonly stripAuthorizationData: boolean
  /** The versions between which the gateway it comes from tells apart. */
  readonly versions: readonly string[] | "not_versioned" | "unsaid"
  /** The protocol under which it listens by itself; "" for the gateway's own. */
  readonly protocol: string
}

export interface DefinitionPlaces {
  readonly apiId: Place
  readonly host: Place
  readonly listenPath: Place
  readonly staticMtls: Place
  readonly allowList: Place
  readonly token: Place
}

/** An entry of an allow list: a certificate id, a file, or PEM. */
export interface CertificateReference {
  readonly text: string
  readonly place: Place
}
