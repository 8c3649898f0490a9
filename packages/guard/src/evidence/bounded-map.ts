/** A map of at most `size` entries, the least recently used leaving first. */
export class BoundedMap<V> {
  readonly #entries = new Map<string, V>()
  readonly #size: number

  constructor(size: number) {
    if (!Number.isInteger(size) || size < 1) throw new TypeError("a cache holds at least one entry")
    this.#size = size
  }

  get count(): number {
    return this.#entries.size
  }

  get(key: string): V | undefined {
    const value = this.#entries.get(key)
    if (value === undefined) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, value)
    return value
  }

  set(key: string, value: V): void {
    this.#entries.delete(key)
    this.#entries.set(key, value)
    if (this.#entries.size <= this.#size) return
    const [oldest] = this.#entries.keys()
    if (oldest !== undefined) this.#entries.delete(oldest)
  }
}
