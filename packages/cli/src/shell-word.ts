/** One word of a command that a POSIX shell reads as it stands, whatever is in it. */
export function shellWord(text: string): string {
  return /^[\w./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
