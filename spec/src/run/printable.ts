/**
 * Text of vector files, modules and gateways as it may reach a terminal: what would move the cursor, end the
 * line or turn the direction of writing (Unicode Cc, Cf, Zl, Zp) and lone surrogates are written as `\u{1b}`.
 */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (found) => `\\u{${found.codePointAt(0)?.toString(16)}}`,
  )
}

/** One JSON document on one line or, with `indent`, on several; safe to print, and it parses to the same value. */
export function printableJson(value: unknown, indent = 0): string {
  const text = JSON.stringify(value, undefined, indent)
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (found) =>
    found === "\n" ? found : escaped(found),
  )
}

function escaped(found: string): string {
  return found.replace(
    /[\s\S]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  )
}
