/**
 * Drops a leading `Bearer ` in any case: exactly seven characters, nothing is trimmed.
 *
 * `Bearer: x`, `Basic x` and ` Bearer x` stay as they are.
 */
export function stripBearer(value: string): string {
  return /^bearer /i.test(value) ? value.slice(7) : value
}
