/**
 * What an adapter supplies of one request: the start line and the header fields, as they were sent.
 *
 * `header` takes a lower-case name and returns the first value of that name; of several
 * `authorization` lines the first counts. `cookie` is the exception: its lines are joined with "; "
 * (RFC 9113 §8.2.3 lets a client split them).
 */
export type RequestHead = {
  readonly method: string
  /** The raw request target: origin-form, absolute-form, authority-form or asterisk-form. */
  readonly target: string
  /** The `Host` header (HTTP/1) or `:authority` (HTTP/2), as sent. */
  readonly authority: string | undefined
  readonly header: (name: string) => string | undefined
}
