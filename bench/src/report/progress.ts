/** Shows on one line of a terminal how far something is; silent where nobody watches. */
export function progress(what: string): (share: number) => void {
  const { stderr } = process
  if (!stderr.isTTY) return () => {}
  return (share) => {
    const percent = Math.floor(share * 100)
    stderr.write(`\r\u001b[K${share < 1 ? `${what} ${percent} %` : ""}`)
  }
}
