/** What came of work that had to end in time. */
export type Ended<A> =
  | { readonly _tag: "done"; readonly value: A }
  | { readonly _tag: "timed out" }
  | { readonly _tag: "failed"; readonly error: unknown }

/**
 * Waits for work, but no longer than so many milliseconds; its signal says when it has been given up.
 * What is given up may go on for ever, and nobody hears of it.
 */
export async function within<A>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<A>,
): Promise<Ended<A>> {
  const given = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Ended<A>>((resolve) => {
    timer = setTimeout(() => resolve({ _tag: "timed out" }), milliseconds)
  })
  const done = (async (): Promise<Ended<A>> => {
    try {
      return { _tag: "done", value: await work(given.signal) }
    } catch (error) {
      return { _tag: "failed", error }
    }
  })()
  const ended = await Promise.race([done, late])
  clearTimeout(timer)
  if (ended._tag === "timed out") given.abort()
  return ended
}
