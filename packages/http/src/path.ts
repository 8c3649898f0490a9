/** A path that every reader splits into the same segments, as it was sent. */
export type Path = { readonly _tag: "path"; readonly path: string }

export type PathProblem = { readonly _tag: "problem"; readonly problem: string }

/**
 * Checks that a request path cannot be read in two ways; the path itself stays as it was sent.
 *
 * Refused: what some readers decode, merge, resolve or cut and others do not. Semicolons are among
 * it because a segment ends there for some servers and frameworks (RFC 3986 §3.3 leaves parameters
 * to the application). Other escapes stay: `Routes.match` reads them both ways.
 */
export function readPath(text: string): Path | PathProblem {
  if (!text.startsWith("/")) return problem("the path does not begin with a slash")
  if (!SUSPECT.test(text)) return { _tag: "path", path: text }
  for (const [pattern, reason] of AMBIGUITIES) if (pattern.test(text)) return problem(reason)
  return decodePath(text) === undefined
    ? problem("the path has escapes that are invalid or not UTF-8")
    : { _tag: "path", path: text }
}

/** A path with its escapes decoded; `undefined` if they are invalid or not UTF-8. */
export function decodePath(path: string): string | undefined {
  if (!path.includes("%")) return path
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

// Each of the ambiguities has one of these: most paths are done with one look.
const SUSPECT = /[^!-~]|[%\\;#]|\/[./]/

const AMBIGUITIES: readonly (readonly [RegExp, string])[] = [
  [/[^!-~]/, "the path has a control character, a space or a character beyond ASCII"],
  [/%[01]|%7f/i, "the path has an escaped control character"],
  [/\\|%5c/i, "the path has a backslash"],
  [/%2f/i, "the path has an escaped slash"],
  [/\/(?:\.|%2e){1,2}(?:\/|$)/i, "the path has a dot segment"],
  [/\/\//, "the path has a doubled slash"],
  [/;|%3b/i, "the path has a semicolon"],
  [/#/, "the path has a fragment"],
  [/%3f|%23/i, "the path has an escaped question mark or number sign"],
  [/%25[0-9a-f]{2}/i, "the path is escaped twice"],
]

function problem(text: string): PathProblem {
  return { _tag: "problem", problem: text }
}
