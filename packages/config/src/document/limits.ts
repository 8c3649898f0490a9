/** Larger documents are refused before they are parsed. */
export const documentLimits = {
  jsonBytes: 32 * 1024 * 1024,
  yamlBytes: 4 * 1024 * 1024,
  pemBytes: 32 * 1024 * 1024,
  /** Nested objects and lists; definitions of real gateways stay below 30. */
  depth: 200,
} as const
