import { type PathProblem, readPath } from "./path.ts"

/** A request target (RFC 9112 §3.2). */
export type Target =
  | {
      /** Origin-form or absolute-form. */
      readonly _tag: "path"
      /** As sent, checked by `readPath`. */
      readonly path: string
      /** Raw, without the question mark. */
      readonly query: string
      /** Of absolute-form: it takes the place of the Host header, see `requestHost`. */
      readonly authority: string | undefined
    }
  | { readonly _tag: "authority"; readonly authority: string }
  | { readonly _tag: "asterisk" }

/**
 * Reads a request target; a problem if its form is unknown or it could be read in two ways.
 *
 * Authority-form is for CONNECT and asterisk-form for OPTIONS, but CONNECT may also carry a path
 * (RFC 8441). Of absolute-form only what every router splits alike is known: `http` or `https` in
 * lower case, and a path.
 */
export function readTarget(target: string, method: string): Target | PathProblem {
  if (target.startsWith("/")) return readOrigin(target, undefined)
  if (target === "*") return method === "OPTIONS" ? { _tag: "asterisk" } : unknownForm
  const absolute = ABSOLUTE.exec(target)
  if (absolute !== null) {
    const [before, authority = ""] = absolute
    return readOrigin(target.slice(before.length - 1), authority)
  }
  return method === "CONNECT" && AUTHORITY.test(target)
    ? { _tag: "authority", authority: target }
    : unknownForm
}

// Routers know these two spellings alone, and disagree about an authority that no slash follows.
const ABSOLUTE = /^https?:\/\/([^/?#\\]*)\//
const AUTHORITY = /^[^/?#\\@\s]+:[0-9]{1,5}$/

const unknownForm: PathProblem = {
  _tag: "problem",
  problem: "the request target has no known form",
}

function readOrigin(target: string, authority: string | undefined): Target | PathProblem {
  const mark = target.indexOf("?")
  const path = readPath(mark < 0 ? target : target.slice(0, mark))
  if (path._tag === "problem") return path
  if (mark < 0) return { _tag: "path", path: path.path, query: "", authority }
  const query = target.slice(mark + 1)
  if (!QUERY.test(query)) {
    return { _tag: "problem", problem: "the query has a control character, a space or a fragment" }
  }
  return { _tag: "path", path: path.path, query, authority }
}

// Printable ASCII without the number sign, and what is beyond ASCII: sloppy clients send it raw.
const QUERY = /^[!"$-~\u0080-\uffff]*$/
