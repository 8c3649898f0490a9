import type { TokenSource } from "./token-source.ts"

/** Names under which a request may have carried authorization data; see `stripQuery`, `stripCookie`. */
export type StrippedNames = {
  /** Lower-case. */
  readonly headers: readonly string[]
  readonly queryParameters: readonly string[]
  readonly cookies: readonly string[]
}

/**
 * What to remove before a request goes upstream: every place that one of the sources reads.
 *
 * A place that is not read carries no authorization data for this API and is left alone.
 */
export function strippedNames(sources: readonly TokenSource[]): StrippedNames {
  return {
    headers: unique(sources.map((source) => source.header)),
    queryParameters: unique(sources.map((source) => source.query)),
    cookies: unique(sources.map((source) => source.cookie)),
  }
}

function unique(names: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(names.filter((name) => name !== undefined))]
}
