import type { Policy, Responses } from "@countersign/engine"
import type { KeySpellingsInput, Routes, TokenSource } from "@countersign/http"
import type { Trust } from "./evidence/trust.ts"

/** One API: its compiled policy and where its token is found. */
export interface Api {
  readonly policy: Policy
  /** Where the token stands in a request; `"none"` where the API takes no token. */
  readonly token: TokenSource | "none"
  /** What clients' certificates may chain to; absent where the allow list has no authority. */
  readonly trust?: Trust
}

/** How store keys are formed, and how short a token may be. */
export interface KeyRules extends Omit<KeySpellingsInput, "orgId" | "key"> {
  /** `min_token_length`; 0 means 3. */
  readonly minTokenLength: number
}

/** Everything that one reload replaces. A request is decided under one set from beginning to end. */
export interface PolicySet {
  readonly routes: Routes
  readonly apis: ReadonlyMap<string, Api>
  /** How the spellings of a presented token are formed. */
  readonly keys: KeyRules
  /** The answers of the guard itself (no policy, bad request, unavailable, fault). */
  readonly responses: Responses
}
