import { type Issued, serialOctets, writeCertificate } from "./certificate.ts"
import type { Extension } from "./extension.ts"
import { createKey, type Key, type KeyKind, subtle } from "./key.ts"
import { type ExtensionChoice, mergeExtensions } from "./merge-extensions.ts"
import { encodeName, type Name } from "./name.ts"
import { type SigningChoice, signer } from "./signature.ts"
import { DEFAULT_VALIDITY, type Validity } from "./time.ts"

/** What can be said about any certificate; everything has a default that makes it valid. */
export interface CertificateOptions extends ExtensionChoice, SigningChoice {
  /** Common name, when that is the whole subject. */
  readonly name?: string
  readonly subject?: Name
  /** Default P-256; a key from another certificate to share it. */
  readonly key?: KeyKind | Key
  /** SubjectPublicKeyInfo to certify instead of the key's: foreign, weak or unknown keys. */
  readonly spki?: Uint8Array
  readonly validity?: Validity
  /** Default 16 random octets; content octets are written as they are. */
  readonly serial?: bigint | number | Uint8Array
  /** Default 3; 1 and 2 carry only the extensions that are listed here. */
  readonly version?: 1 | 2 | 3
  /** Subject key identifier, default SHA-1 of the SubjectPublicKeyInfo. */
  readonly keyId?: Uint8Array
  /** Issuer name to write instead of the signer's. */
  readonly issuer?: Name
  /** AlgorithmIdentifier to write inside and outside instead of the right one. */
  readonly algorithm?: Uint8Array
}

/** Who signs: absent for a certificate that signs itself. */
export interface Issuer {
  readonly subject: Uint8Array
  readonly key: Key
  readonly keyId: Uint8Array
}

export interface KeyIds {
  readonly own: Uint8Array
  readonly issuer: Uint8Array
}

/** Issues a certificate with the given default extensions. */
export async function issueCertificate(
  options: CertificateOptions,
  issuer: Issuer | undefined,
  defaults: (keyIds: KeyIds) => readonly Extension[],
): Promise<Issued> {
  const key = typeof options.key === "object" ? options.key : await createKey(options.key)
  const spki = options.spki ?? key.spki
  const keyId = options.keyId ?? (await keyIdentifier(spki))
  const subject = encodeName(options.subject ?? options.name ?? [])
  const by = issuer ?? { subject, key, keyId }
  const signing = signer(by.key, options)
  const version = options.version ?? 3
  const content = {
    version,
    serial: serialOctets(options.serial),
    algorithm: options.algorithm ?? signing.algorithm,
    issuer: options.issuer === undefined ? by.subject : encodeName(options.issuer),
    validity: options.validity ?? DEFAULT_VALIDITY,
    subject,
    spki,
    extensions: mergeExtensions(
      version === 3 ? defaults({ own: keyId, issuer: by.keyId }) : [],
      options,
    ),
  }
  return writeCertificate(content, { key, keyId }, signing)
}

/** Any method that tells keys apart will do (RFC 5280 §4.2.1.2, RFC 7093 §2 method 4). */
async function keyIdentifier(spki: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await subtle.digest("SHA-1", spki))
}
