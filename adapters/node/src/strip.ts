import type { IncomingMessage } from "node:http"
import type { Guard } from "@countersign/guard"
import { stripCookie, strippedNames, stripQuery } from "@countersign/http"
import { headOf } from "./facts.ts"

/** Removes what authenticated a request from what its handler sees: header, query and cookie, by exact name. */
export function stripAuthorizationData(request: IncomingMessage, guard: Guard): void {
  const token = guard.apiOf(headOf(request))?.token
  if (token === undefined || token === "none") return
  const names = strippedNames([token])
  for (const name of names.headers) removeHeader(request, name)
  for (const name of names.queryParameters) removeParameter(request, name)
  for (const name of names.cookies) removeCookie(request, name)
}

function removeHeader(request: IncomingMessage, name: string): void {
  delete request.headers[name]
  delete request.headersDistinct[name]
  replaceRaw(request, name, () => undefined)
}

function removeParameter(request: IncomingMessage, name: string): void {
  const [path = "", query] = split(request.url ?? "")
  if (query === undefined) return
  const rest = stripQuery(query, name)
  request.url = rest === "" ? path : `${path}?${rest}`
}

function removeCookie(request: IncomingMessage, name: string): void {
  const { cookie } = request.headers
  if (cookie === undefined) return
  const rest = stripCookie(cookie, name)
  if (rest === "") {
    removeHeader(request, "cookie")
    return
  }
  request.headers.cookie = rest
  request.headersDistinct["cookie"] = [rest]
  replaceRaw(request, "cookie", (value) => stripCookie(value, name) || undefined)
}

function replaceRaw(
  request: IncomingMessage,
  name: string,
  change: (value: string) => string | undefined,
): void {
  const kept: string[] = []
  for (let i = 0; i + 1 < request.rawHeaders.length; i += 2) {
    const [key = "", value = ""] = request.rawHeaders.slice(i, i + 2)
    const changed = key.toLowerCase() === name ? change(value) : value
    if (changed !== undefined) kept.push(key, changed)
  }
  request.rawHeaders = kept
}

function split(url: string): readonly [string, string | undefined] {
  const mark = url.indexOf("?")
  return mark < 0 ? [url, undefined] : [url.slice(0, mark), url.slice(mark + 1)]
}
