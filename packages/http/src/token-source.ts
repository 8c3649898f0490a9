/** Where the token of one API is read, names resolved; `undefined` = not read there. */
export type TokenSource = {
  /** Lower-case header name. */
  readonly header: string | undefined
  /** Query parameter name, case-sensitive. */
  readonly query: string | undefined
  /** Cookie name, case-sensitive. */
  readonly cookie: string | undefined
}

/** The naming part of an authentication configuration, as definitions write it; "" counts as absent. */
export type TokenSourceInput = {
  readonly authHeaderName?: string | undefined
  readonly disableHeader?: boolean | undefined
  readonly useParam?: boolean | undefined
  readonly paramName?: string | undefined
  readonly useCookie?: boolean | undefined
  readonly cookieName?: string | undefined
}

const DEFAULT_NAME = "Authorization"

/**
 * Resolves the names under which an API's token is read.
 *
 * Parameter and cookie take the header's name when they have none of their own. A disabled header
 * lends no name: then they are called `Authorization`.
 */
export function tokenSource(input: TokenSourceInput): TokenSource {
  const headerName = input.authHeaderName || DEFAULT_NAME
  const fallback = input.disableHeader ? DEFAULT_NAME : headerName
  return {
    header: input.disableHeader ? undefined : headerName.toLowerCase(),
    query: input.useParam ? input.paramName || fallback : undefined,
    cookie: input.useCookie ? input.cookieName || fallback : undefined,
  }
}
