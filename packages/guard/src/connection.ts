import { type Fingerprint, fingerprint, type Interval } from "@countersign/engine"
import { type HostReading, normaliseHost, normaliseServerName } from "@countersign/http"
import { type Certificate, certificateId, type Malformed, readCertificate } from "@countersign/x509"
import { sha256 } from "@countersign/x509/node"
import { PresentedToken } from "./presented-token.ts"

/** What an adapter reads from a connection, once, before anything else can. */
export interface ConnectionFacts {
  readonly encrypted: boolean
  /**
   * TLS server name indication (RFC 6066 §3), as sent; `undefined`: none was. `unknown`: the TLS library
   * does not tell, as Node of resumed TLS 1.2 sessions.
   */
  readonly serverName: string | { readonly _tag: "unknown" } | undefined
  /** DER certificates as presented, the leaf (whose key was proven) first; empty: none was presented. */
  readonly chain: readonly Uint8Array[]
  /** The TLS session was resumed, so that the chain holds no more than the leaf; default false. */
  readonly resumed?: boolean
}

/** When leaves are valid, by their SHA-256. */
export interface LeafMemory {
  readonly get: (sha256: string) => Interval | undefined
  readonly set: (sha256: string, validity: Interval) => void
}

/**
 * The immutable facts of one connection. Make one per connection and pass it with every request:
 * it hashes the leaf once and reads it at most once. Enrolment, sessions and time are never kept here.
 */
export class Connection {
  readonly encrypted: boolean
  readonly serverName: HostReading | "unknown" | undefined
  readonly chain: readonly Uint8Array[]
  /** SHA-256 of the leaf; `undefined` without TLS or without a certificate. */
  readonly leaf: Fingerprint | undefined
  readonly resumed: boolean
  #extras: string | undefined
  #certificate: Certificate | Malformed | undefined
  #validity: Interval | undefined
  #isReported = false
  #id: { readonly orgId: string; readonly id: string } | undefined
  #presented: { readonly value: string; readonly token: PresentedToken } | undefined
  #host: { readonly text: string; readonly reading: HostReading } | undefined

  constructor({ encrypted, serverName, chain, resumed = false }: ConnectionFacts) {
    const [leaf] = chain
    this.encrypted = encrypted
    this.serverName = readServerName(serverName)
    this.chain = chain
    this.resumed = resumed
    this.leaf = encrypted === true && leaf !== undefined ? fingerprint(sha256(leaf)) : undefined
  }

  /** One name for the set of certificates after the leaf, whatever their order and duplicates. */
  get extras(): string {
    this.#extras ??= [...new Set(this.chain.slice(1).map(sha256))].sort().join()
    return this.#extras
  }

  /** The id of the leaf in an organisation's store; the requests of a connection mostly ask for one. */
  certificateId(orgId: string): string {
    if (this.#id?.orgId !== orgId) {
      this.#id = { orgId, id: certificateId(orgId, this.leaf?.hex ?? "") }
    }
    return this.#id.id
  }

  /**
   * The token in what a request presents (a header, a query parameter or a cookie). Taking it apart
   * costs more than the decision, and the requests of a connection mostly present one: the last is
   * kept while the connection lives, as HTTP/2 keeps its header fields (RFC 7541 §2.3.2).
   */
  presentedToken(value: string): PresentedToken {
    if (this.#presented?.value !== value) {
      this.#presented = { value, token: new PresentedToken(value) }
    }
    return this.#presented.token
  }

  /** Reads a host as `normaliseHost` does; the requests of a connection mostly name one. */
  readonly readHost = (text: string): HostReading => {
    if (this.#host?.text !== text) this.#host = { text, reading: normaliseHost(text) }
    return this.#host.reading
  }

  /** Why the leaf cannot be read, once and only if it was read: for one event, not one per request. */
  takeUnreadable(): string | undefined {
    if (this.#certificate?._tag !== "Malformed" || this.#isReported) return undefined
    this.#isReported = true
    return `${this.#certificate.problem}, at byte ${this.#certificate.at}`
  }

  /**
   * When the leaf is valid; `undefined` where none was presented or it cannot be read. What is known
   * from an earlier connection is not read again.
   */
  validity(known: LeafMemory): Interval | undefined {
    if (this.#validity !== undefined || this.leaf === undefined) return this.#validity
    this.#validity = known.get(this.leaf.hex)
    if (this.#validity === undefined && this.certificate?._tag === "Certificate") {
      const { notBefore, notAfter } = this.certificate.validity
      this.#validity = { notBefore, notAfter }
      known.set(this.leaf.hex, this.#validity)
    }
    return this.#validity
  }

  /** The leaf, read on first use; `undefined` where none was presented. */
  get certificate(): Certificate | Malformed | undefined {
    const [leaf] = this.chain
    if (this.leaf === undefined || leaf === undefined) return undefined
    this.#certificate ??= readCertificate(leaf)
    return this.#certificate
  }
}

function readServerName(name: ConnectionFacts["serverName"]): Connection["serverName"] {
  if (name === undefined) return undefined
  return typeof name === "string" ? normaliseServerName(name) : "unknown"
}
