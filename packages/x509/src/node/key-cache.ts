import type { KeyObject } from "node:crypto"

export interface KeyCache {
  readonly get: (spki: Uint8Array, importKey: () => KeyObject) => KeyObject
}

/** Keys of the authorities in use; a strange client can push out at most this many, and each costs 2 KiB. */
const defaultSize = 1024

/**
 * Remembers imported keys by SubjectPublicKeyInfo, the least recently used leaving first: importing costs more
 * than verifying. A key that cannot be imported is not remembered.
 */
export function createKeyCache(size: number = defaultSize): KeyCache {
  const known = new Map<string, KeyObject>()
  return {
    get: (spki, importKey) => {
      const name = Buffer.from(spki.buffer, spki.byteOffset, spki.byteLength).toString("latin1")
      const key = known.get(name) ?? importKey()
      known.delete(name)
      known.set(name, key)
      if (known.size > size) known.delete(known.keys().next().value ?? name)
      return key
    },
  }
}
