/**
 * The characters that string and regular-expression built-ins look at or copy while `run` runs.
 *
 * A count instead of a time: it is the same on every machine, and a quadratic parser cannot hide.
 */
export function work(run: () => unknown): number {
  let count = 0
  const restore = COSTS.map(({ owner, name, cost }) => {
    const original = Reflect.get(owner, name)
    const counted = function (this: unknown, ...args: unknown[]): unknown {
      const result: unknown = Reflect.apply(original, this, args)
      count += cost(String(this), args, result)
      return result
    }
    Object.defineProperty(owner, name, { value: counted, configurable: true, writable: true })
    return () =>
      Object.defineProperty(owner, name, { value: original, configurable: true, writable: true })
  })
  try {
    run()
  } finally {
    for (const undo of restore) undo()
  }
  return count
}

type Cost = (self: string, args: readonly unknown[], result: unknown) => number

const one: Cost = () => 1
const whole: Cost = (self) => self.length
const copied: Cost = (_self, _args, result) => String(result).length
const argument: Cost = (_self, args) => String(args[0]).length
const scanned: Cost = (self, args, result) =>
  1 + (Number(result) < 0 ? self.length : Number(result)) - Number(args[1] ?? 0)

const COSTS: readonly { owner: object; name: string; cost: Cost }[] = [
  { owner: String.prototype, name: "charCodeAt", cost: one },
  { owner: String.prototype, name: "charAt", cost: one },
  { owner: String.prototype, name: "indexOf", cost: scanned },
  { owner: String.prototype, name: "includes", cost: whole },
  { owner: String.prototype, name: "slice", cost: copied },
  { owner: String.prototype, name: "split", cost: whole },
  { owner: String.prototype, name: "replaceAll", cost: whole },
  { owner: String.prototype, name: "toLowerCase", cost: whole },
  { owner: String.prototype, name: "startsWith", cost: argument },
  { owner: String.prototype, name: "endsWith", cost: argument },
  { owner: RegExp.prototype, name: "test", cost: argument },
  { owner: RegExp.prototype, name: "exec", cost: argument },
  { owner: globalThis, name: "decodeURIComponent", cost: argument },
  { owner: globalThis, name: "encodeURIComponent", cost: argument },
]
