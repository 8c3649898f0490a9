import type { RequestHead } from "../src/request-head.ts"

/** A GET request head with these header fields, names in lower case. */
export function head(target: string, headers: Readonly<Record<string, string>> = {}): RequestHead {
  return {
    method: "GET",
    target,
    authority: headers["host"],
    header: (name) => (Object.hasOwn(headers, name) ? headers[name] : undefined),
  }
}
