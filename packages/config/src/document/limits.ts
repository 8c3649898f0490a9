/** Larger documents are refused before they are parsed. */
export const documentLimits = {
  jsonBytes: 32 * 1024 * 1024,
  yamlBytes: 4 * 1024 * 1024,
  pemBytes: 32 * 1024 * 1024,
  /** Nested objects and lists; definitions of real gateways stay below 30. */
  depth: 200,
  /** `lexemes`: dense manifests of 4 MiB have 1.5 million, and each costs some 300 bytes of memory. */
  yaml: { depth: 200, lexemes: 2_000_000, aliases: 100 },
} as const
