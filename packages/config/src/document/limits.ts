/** Larger documents are refused before they are parsed. */
export const documentLimits = {
  jsonBytes: 32 * 1024 * 1024,
  yamlBytes: 4 * 1024 * 1024,
  pemBytes: 32 * 1024 * 1024,
  /** Nested objects and lists; definitions of real gateways stay below 30. */
  depth: 200,
  /** `lexemes`: a definition of 200 lines has 1 500; each costs the parser 3 µs and 300 bytes, whatever it is. */
  yaml: { depth: 200, lexemes: 300_000, aliases: 100 },
} as const
