/**
 * Text from documents and requests as it may reach a terminal: what would move the cursor, end the line or
 * turn the direction of writing (Unicode Cc, Cf, Zl, Zp) and lone surrogates are written as `\u{1b}`.
 */
export function printable(text: string): string {
  return text.replace(unprintable, (found) => `\\u{${found.codePointAt(0)?.toString(16)}}`)
}

/** One JSON document, safe to print; it parses to the same value. */
export function printableJson(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2)
  return text.replace(unprintable, (found) => (found === "\n" ? found : escaped(found)))
}

const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

function escaped(found: string): string {
  return found.replace(
    /[\s\S]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  )
}
