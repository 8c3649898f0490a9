import { toHex } from "../hex.ts"
import type { SignatureCheck } from "../path/signature-check.ts"
import { type Algorithms, algorithmsOf } from "./algorithm.ts"
import { fixedSizeSignature } from "./ecdsa-signature.ts"
import { plainRsaSpki } from "./plain-rsa.ts"
import { runtimeSubtle, type Subtle } from "./subtle.ts"

/** Keys of the authorities in use; a strange client can push out at most this many. */
const cacheSize = 1024
const keys = new WeakMap<Subtle, Map<string, object>>()

/**
 * Runs an examination on WebCrypto to its end; a signature that the runtime cannot check does not verify, such
 * as Ed448 where it is missing.
 */
export async function verify<A>(
  examination: Generator<SignatureCheck, A, boolean>,
  subtle: Subtle | undefined = runtimeSubtle(),
): Promise<A> {
  let next = examination.next()
  while (next.done !== true) {
    const verified = subtle !== undefined && (await isVerified(next.value, subtle))
    next = examination.next(verified)
  }
  return next.value
}

/** Whether one signature verifies; never rejects. */
export async function isVerified(check: SignatureCheck, subtle: Subtle): Promise<boolean> {
  const algorithms = algorithmsOf(check.algorithm, check.key)
  const signature = signatureOf(check)
  if (algorithms === undefined || signature === undefined) return false
  try {
    const key = await importedKey(check, algorithms, subtle)
    return await subtle.verify(algorithms.forVerify, key, signature, new Uint8Array(check.signed))
  } catch {
    return false
  }
}

function signatureOf({
  algorithm,
  key,
  signature,
}: SignatureCheck): Uint8Array<ArrayBuffer> | undefined {
  if (algorithm._tag !== "Ecdsa") return new Uint8Array(signature)
  return key._tag === "Ec" ? fixedSizeSignature(signature, key.curve) : undefined
}

async function importedKey(
  { key, spki }: SignatureCheck,
  { forImport }: Algorithms,
  subtle: Subtle,
): Promise<object> {
  const known = keys.get(subtle) ?? new Map<string, object>()
  keys.set(subtle, known)
  const name = `${forImport.name} ${forImport.hash} ${toHex(spki)}`
  const isLabelled = key._tag === "Rsa" && key.use !== "any"
  const bytes = isLabelled ? plainRsaSpki(spki) : new Uint8Array(spki)
  const imported =
    known.get(name) ?? (await subtle.importKey("spki", bytes, forImport, false, ["verify"]))
  known.delete(name)
  known.set(name, imported)
  if (known.size > cacheSize) known.delete(known.keys().next().value ?? name)
  return imported
}
