import type { ReadReferenced } from "./certificates/resolve.ts"
import type { StoredCertificate } from "./certificates/store.ts"
import type { ApiDefinition } from "./definition/api-definition.ts"
import type { Settings } from "./gateway/settings.ts"
import type { RawSession } from "./sessions/session-file.ts"

/** Everything that the files of a configuration say, not yet put together. */
export interface Documents {
  readonly settings: Settings
  readonly definitions: readonly ApiDefinition[]
  readonly sessions: readonly RawSession[]
  readonly stored: readonly StoredCertificate[]
  readonly readReferenced: ReadReferenced
}
