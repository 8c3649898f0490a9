/** What the floor answers: three fields, fresh on every call as every verdict is. */
export interface FloorVerdict {
  readonly allowed: boolean
  readonly status: number
  readonly session: string | undefined
}

/** What the floor reads of a request. */
export interface FloorRequest {
  readonly leaf: string
  readonly api: string
  readonly now: number
  readonly expiresAt: number
  readonly session: string
}

/**
 * The least that a decision can be, written by hand for one policy: the leaf stands in the allow list,
 * the API in the session's rights, the session has not expired. Two `Set.has`, one comparison, one
 * fresh object. Every ratio is to this function, which is never changed to fit one.
 */
export function floor(
  allowed: ReadonlySet<string>,
  apis: ReadonlySet<string>,
  { leaf, api, now, expiresAt, session }: FloorRequest,
): FloorVerdict {
  if (!allowed.has(leaf)) return { allowed: false, status: 403, session: undefined }
  if (!apis.has(api)) return { allowed: false, status: 403, session: undefined }
  if (now > expiresAt) return { allowed: false, status: 401, session: undefined }
  return { allowed: true, status: 200, session }
}
