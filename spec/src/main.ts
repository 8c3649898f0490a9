const usage = `countersign-spec: is it decided as it should be?

  countersign-spec limbo FILE… [--profile strict] [--signatures webcrypto] [--json]
      runs path-validation cases in the format of the public suite
  countersign-spec states
      compares the engine with the reference model on every state
`

const [command, ...args] = process.argv.slice(2)

if (command === "limbo") await (await import("./limbo/main.ts")).main(args)
else if (command === "states") await (await import("./states/main.ts")).main()
else if (command === undefined || command === "--help" || command === "-h") {
  process.stdout.write(usage)
} else {
  process.stderr.write(`countersign-spec: \`${command}\` is not known; see --help\n`)
  process.exitCode = 2
}
