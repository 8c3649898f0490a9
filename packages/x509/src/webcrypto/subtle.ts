/** What is used of WebCrypto's SubtleCrypto, written out so that neither DOM nor Node types are needed. */
export interface Subtle {
  importKey(
    format: "spki",
    key: Uint8Array<ArrayBuffer>,
    algorithm: ImportAlgorithm,
    extractable: boolean,
    usages: "verify"[],
  ): Promise<object>
  verify(
    algorithm: VerifyAlgorithm,
    key: object,
    signature: Uint8Array<ArrayBuffer>,
    data: Uint8Array<ArrayBuffer>,
  ): Promise<boolean>
}

export interface ImportAlgorithm {
  name: string
  hash?: string
  namedCurve?: string
}

export interface VerifyAlgorithm {
  name: string
  hash?: string
  saltLength?: number
}

/** The runtime's own implementation; undefined where it has none, as on pages without a secure context. */
export function runtimeSubtle(): Subtle | undefined {
  const crypto: { readonly subtle?: Subtle } | undefined = Reflect.get(globalThis, "crypto")
  return crypto?.subtle
}
