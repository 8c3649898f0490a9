/** Imports one module in a fresh process and says how many milliseconds that took. */
const [, , name = "node:process"] = process.argv
const start = performance.now()
await import(name)
process.send?.(performance.now() - start, () => process.exit())
