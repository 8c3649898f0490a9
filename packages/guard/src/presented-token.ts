import { keySpellings, longEnough, readToken } from "@countersign/http"
import type { KeyRules } from "./policy-set.ts"

/** What one request presents as its token, and the store keys that it may stand for. */
export class PresentedToken {
  readonly isPresented: boolean
  readonly #text: string
  #orgId: string | undefined
  #keys: KeyRules | undefined
  #spellings: readonly string[] = none

  constructor(value: string) {
    this.#text = readToken(value)
    this.isPresented = this.#text !== ""
  }

  /** In the order to try them; none where the token is too short to be looked up. */
  spellings(orgId: string, keys: KeyRules): readonly string[] {
    if (this.#orgId !== orgId || this.#keys !== keys) {
      this.#orgId = orgId
      this.#keys = keys
      this.#spellings = longEnough(this.#text, keys.minTokenLength)
        ? spell(this.#text, orgId, keys)
        : none
    }
    return this.#spellings
  }
}

const none: readonly string[] = []

export const noToken: PresentedToken = new PresentedToken("")

/** The store keys that a key may stand for in an organisation, in the order to try them. */
export function spell(key: string, orgId: string, keys: KeyRules): readonly string[] {
  const { hashKeyFunction, disableKeyActionsByUsername, fallback } = keys
  return keySpellings({ orgId, key, hashKeyFunction, disableKeyActionsByUsername, fallback })
}
