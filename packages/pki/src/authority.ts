import type { Issued } from "./certificate.ts"
import { type Crl, type CrlOptions, writeCrl } from "./crl.ts"
import {
  authorityKeyIdentifier,
  basicConstraints,
  type Extension,
  extKeyUsage,
  keyUsage,
  subjectAltName,
  subjectKeyIdentifier,
} from "./extension.ts"
import type { GeneralName } from "./general-name.ts"
import { type CertificateOptions, issueCertificate, type KeyIds } from "./issue.ts"
import { encodeName } from "./name.ts"

/** Extended key usage: one purpose or several, by short name or OID; "none" leaves the extension out. */
export type Usage = "client" | "server" | "any" | "none" | readonly string[]

export interface AuthorityOptions extends CertificateOptions {
  readonly pathLength?: number
  /** Default "none". */
  readonly usage?: Usage
}

interface NamedOptions extends CertificateOptions {
  readonly san?: readonly GeneralName[]
}

export interface LeafOptions extends NamedOptions {
  /** Default "client". */
  readonly usage?: Usage
}

export interface SelfSignedOptions extends NamedOptions {
  /** Default true, as `openssl req -x509` makes them; false leaves basicConstraints out. */
  readonly ca?: boolean
}

export interface Authority extends Issued {
  /** An intermediate: critical basicConstraints and keyUsage, key identifiers. */
  issueAuthority(options: AuthorityOptions): Promise<Authority>
  /** A leaf: critical keyUsage digitalSignature, extKeyUsage, key identifiers. */
  issue(options: LeafOptions): Promise<Issued>
  /** Another certificate for the subject and key of `other`, signed by this authority. */
  crossSign(other: Issued, options?: AuthorityOptions): Promise<Authority>
  crl(options: CrlOptions): Promise<Crl>
}

/** A self-signed root: critical basicConstraints and keyUsage, subject key identifier. */
export async function createAuthority(options: AuthorityOptions): Promise<Authority> {
  return asAuthority(await issueCertificate(options, undefined, rootExtensions(options)))
}

/** Lets any certificate sign others, whether it may or not: leaves that pose as authorities. */
export function asAuthority(issued: Issued): Authority {
  const issueAuthority = async (options: AuthorityOptions): Promise<Authority> =>
    asAuthority(await issueCertificate(options, issued, authorityExtensions(options)))
  return {
    ...issued,
    issueAuthority,
    issue: (options) => issueCertificate(options, issued, leafExtensions(options)),
    crossSign: (other, options = {}) =>
      issueAuthority({ subject: other.subject, key: other.key, keyId: other.keyId, ...options }),
    crl: (options) => writeCrl(options, issued),
  }
}

/** What `openssl req -x509` makes: key identifiers and critical basicConstraints, no key usages. */
export function selfSigned(options: SelfSignedOptions): Promise<Issued> {
  return issueCertificate(options, undefined, (keyIds) => [
    ...keyIdentifiers(keyIds),
    ...(options.ca === false ? [] : [basicConstraints({ ca: true })]),
    ...alternativeNames(options),
  ])
}

function rootExtensions(options: AuthorityOptions): (keyIds: KeyIds) => readonly Extension[] {
  return ({ own }) => [...authorityBasics(options), subjectKeyIdentifier(own)]
}

function authorityExtensions(options: AuthorityOptions): (keyIds: KeyIds) => readonly Extension[] {
  return (keyIds) => [...authorityBasics(options), ...keyIdentifiers(keyIds)]
}

function leafExtensions(options: LeafOptions): (keyIds: KeyIds) => readonly Extension[] {
  return (keyIds) => [
    keyUsage(["digitalSignature"]),
    ...purposes(options.usage ?? "client"),
    ...alternativeNames(options),
    ...keyIdentifiers(keyIds),
  ]
}

function authorityBasics({ pathLength, usage = "none" }: AuthorityOptions): readonly Extension[] {
  return [
    basicConstraints(pathLength === undefined ? { ca: true } : { ca: true, pathLength }),
    keyUsage(["keyCertSign", "cRLSign"]),
    ...purposes(usage),
  ]
}

function purposes(usage: Usage): readonly Extension[] {
  if (usage === "none") return []
  return [extKeyUsage(typeof usage === "string" ? [usage] : usage)]
}

function alternativeNames({ name, subject, san }: NamedOptions): readonly Extension[] {
  if (san === undefined) return []
  // Without a subject the alternative name is the only one (RFC 5280 §4.2.1.6).
  const isNameless = encodeName(subject ?? name ?? []).length === 2
  return [subjectAltName(san, { critical: isNameless })]
}

function keyIdentifiers({ own, issuer }: KeyIds): readonly Extension[] {
  return [subjectKeyIdentifier(own), authorityKeyIdentifier({ keyId: issuer })]
}
