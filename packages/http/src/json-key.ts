import { decodeBase64, encodeBase64 } from "./base64.ts"

/** What a key in the base64 JSON form says; a missing or non-string member is "". */
export type JsonKey = { readonly org: string; readonly id: string; readonly h: string }

/** Longest key that is read as base64 JSON, in characters; a longer one is a plain id. */
export const JSON_KEY_LIMIT = 4096

/** Reads a key in the base64 JSON form; `undefined` if it is of another form. */
export function readJsonKey(key: string): JsonKey | undefined {
  if (!isJsonLike(key) || key.length > JSON_KEY_LIMIT) return undefined
  const members = parse(decodeBase64(key) ?? "")
  if (members === undefined) return undefined
  return { org: member(members, "org"), id: member(members, "id"), h: member(members, "h") }
}

/** Every JSON object without leading white space begins with `ey` in base64. */
export function isJsonLike(key: string): boolean {
  return key.charCodeAt(0) === 0x65 && key.charCodeAt(1) === 0x79
}

/**
 * Writes a key in the base64 JSON form, members in the order `org`, `id`, `h`.
 *
 * The members are escaped, so that no organisation and no id can forge another member.
 */
export function writeJsonKey(key: JsonKey): string {
  // JSON.stringify escapes lone surrogates: the text is always encodable.
  return encodeBase64(JSON.stringify({ org: key.org, id: key.id, h: key.h }))
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === "object" && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

function member(members: object, name: string): string {
  const value: unknown = Object.hasOwn(members, name) ? Reflect.get(members, name) : undefined
  return typeof value === "string" ? value : ""
}
