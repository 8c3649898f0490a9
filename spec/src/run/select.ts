/** What has the text in its id or sentence; everything without a text. */
export function select<T extends { readonly id: string; readonly sentence: string }>(
  all: readonly T[],
  text: string | undefined,
): readonly T[] {
  if (text === undefined) return all
  const wanted = text.toLowerCase()
  return all.filter(({ id, sentence }) => `${id}\n${sentence}`.toLowerCase().includes(wanted))
}
