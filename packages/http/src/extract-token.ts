import { stripBearer } from "./bearer.ts"
import { cookieValue } from "./cookie.ts"
import { queryValue } from "./query.ts"
import type { RequestHead } from "./request-head.ts"
import type { TokenSource } from "./token-source.ts"

/**
 * The token that a request presents; "" if it presents none.
 *
 * A non-empty cookie wins over a non-empty query parameter, which wins over the header. The winner
 * loses its `Bearer ` prefix and is otherwise returned as it was sent, non-ASCII characters
 * included. A winner with a control character is no token, and nothing takes its place.
 */
export function extractToken(
  source: TokenSource,
  head: Pick<RequestHead, "target" | "header">,
): string {
  return readToken(presentedValue(source, head))
}

/** What `extractToken` reads the token from; "" where a request presents nothing. */
export function presentedValue(
  source: TokenSource,
  head: Pick<RequestHead, "target" | "header">,
): string {
  return fromCookie(source, head) || fromQuery(source, head) || fromHeader(source, head)
}

/** The token in a value; "" if that is none. */
export function readToken(value: string): string {
  return CONTROL.test(value) ? "" : stripBearer(value)
}

// Everything that is neither printable ASCII nor beyond ASCII.
const CONTROL = /[^ -~\u0080-\uffff]/

function fromCookie(source: TokenSource, head: Pick<RequestHead, "header">): string {
  return source.cookie === undefined ? "" : cookieValue(head.header("cookie") ?? "", source.cookie)
}

function fromQuery(source: TokenSource, head: Pick<RequestHead, "target">): string {
  if (source.query === undefined) return ""
  const mark = head.target.indexOf("?")
  return mark < 0 ? "" : queryValue(head.target.slice(mark + 1), source.query)
}

function fromHeader(source: TokenSource, head: Pick<RequestHead, "header">): string {
  return source.header === undefined ? "" : (head.header(source.header) ?? "")
}
