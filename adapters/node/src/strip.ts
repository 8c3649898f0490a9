import type { Verdict } from "@countersign/engine"
import type { Guard } from "@countersign/guard"
import { type StrippedNames, stripCookie, strippedNames, stripQuery } from "@countersign/http"
import type { Message } from "./facts.ts"

/**
 * Removes what authenticated a request from what its handler sees: header, query and cookie, by exact
 * name. Frameworks keep copies of their own of the target; they take the names from the answer.
 */
export function stripAuthorizationData(
  message: Message,
  guard: Guard,
  verdict: Verdict,
): StrippedNames {
  const token = guard.tokenOf(verdict)
  const names = strippedNames(token === "none" ? [] : [token])
  for (const name of names.headers) removeHeader(message, name)
  if (message.url !== undefined) message.url = stripTarget(message.url, names)
  changeRaw(message, ":path", (path) => stripTarget(path, names))
  for (const name of names.cookies) removeCookie(message, name)
  return names
}

/** A request target without the query parameters that carry authorization data. */
export function stripTarget(target: string, { queryParameters }: StrippedNames): string {
  const mark = target.indexOf("?")
  if (mark < 0) return target
  const rest = queryParameters.reduce(stripQuery, target.slice(mark + 1))
  return rest === "" ? target.slice(0, mark) : `${target.slice(0, mark)}?${rest}`
}

function removeHeader(message: Message, name: string): void {
  setHeader(message, name, undefined)
  changeRaw(message, name, () => "")
}

function removeCookie(message: Message, name: string): void {
  const { cookie } = message.headers
  if (cookie === undefined) return
  setHeader(message, "cookie", stripCookie(cookie, name) || undefined)
  changeRaw(message, "cookie", (value) => stripCookie(value, name))
}

/** HTTP/1 keeps the fields in three forms; two are made from the raw one on first use, so these go first. */
function setHeader(message: Message, name: string, value: string | undefined): void {
  const { headers } = message
  const distinct = distinctOf(message)
  delete headers[name]
  delete distinct?.[name]
  if (value === undefined) return
  headers[name] = value
  if (distinct !== undefined) distinct[name] = [value]
}

function distinctOf(
  message: Message & { readonly headersDistinct?: NodeJS.Dict<string[]> },
): NodeJS.Dict<string[]> | undefined {
  return message.headersDistinct
}

/** In place, because HTTP/2 hands the same list to every listener; a field without value goes. */
function changeRaw({ rawHeaders }: Message, name: string, change: (value: string) => string): void {
  const kept: string[] = []
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const [key = "", value = ""] = rawHeaders.slice(i, i + 2)
    const isNamed = key.toLowerCase() === name
    const changed = isNamed ? change(value) : value
    if (!isNamed || changed !== "") kept.push(key, changed)
  }
  rawHeaders.splice(0, rawHeaders.length, ...kept)
}
