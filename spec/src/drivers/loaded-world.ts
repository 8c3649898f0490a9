import type { GatewaySettings } from "../vectors/exchange.ts"

/** A world with real certificates and keys, as plain data: what a gateway must be told before it is asked. */
export interface LoadedWorld {
  readonly gateway: LoadedGateway
  readonly apis: readonly LoadedApi[]
  readonly sessions: readonly LoadedSession[]
  /** The certificate store. What is not in it is known to no gateway. */
  readonly certificates: readonly StoredCertificate[]
  /** PEM, one revocation list each. */
  readonly revocationLists: readonly string[]
}

/** Settings with nothing left out. */
export interface LoadedGateway extends Required<Omit<GatewaySettings, "allowList">> {
  /** Entries of every API's allow list; written as in `LoadedApi.allowList`. */
  readonly allowList: readonly string[]
}

export interface LoadedApi {
  readonly id: string
  readonly orgId: string
  /** `certificate`: dynamic mTLS, a certificate identifies the session. */
  readonly identity: "keyless" | "token" | "certificate"
  /** Listen path: everything below it is the API's. */
  readonly path: string
  /** A host, `*.suffix`, a pattern as `{?:one|two}`, or `*` for every host. */
  readonly domain: string
  /** `off`: no static mTLS. Entries are ids (organisation and SHA-256) or PEM texts. */
  readonly allowList: "off" | readonly string[]
  /** Names under which the token is read. */
  readonly token: {
    readonly header: string | "none"
    readonly query: string | "none"
    readonly cookie: string | "none"
  }
  readonly stripAuthorizationData: boolean
}

export interface LoadedSession {
  /** By which vectors call it; a gateway needs no such thing. */
  readonly name: string
  /** The store key, spelled as the hash function of the time of writing wants it; it is the token too. */
  readonly key: string
  readonly orgId: string
  readonly active: boolean
  /** Epoch milliseconds. */
  readonly expiresAt: number | "never"
  readonly apis: readonly string[] | "all"
  /** Certificate id as the record has it, readable or not. */
  readonly certificate: string | "none"
  /** Certificate ids as the record has them, readable or not; an empty list works with none. */
  readonly bindings: readonly string[] | "none"
}

export interface StoredCertificate {
  readonly orgId: string
  /** Of the DER, 64 lower-case hexadecimal digits. */
  readonly sha256: string
  readonly pem: string
}
