/** One case of the x509-limbo format, as far as it is used here. */
export interface LimboCase {
  readonly id: string
  readonly validation_kind: string
  readonly trusted_certs: readonly string[]
  readonly untrusted_intermediates: readonly string[]
  readonly peer_certificate: string
  /** ISO 8601; null for now. */
  readonly validation_time: string | null
  readonly max_chain_depth: number | null
  readonly crls: readonly string[]
  readonly expected_result: "SUCCESS" | "FAILURE"
}

/** The client cases of a parsed file; throws a `TypeError` that names what the file lacks. */
export function readCases(file: unknown): readonly LimboCase[] {
  const cases = isRecord(file) ? file["testcases"] : undefined
  if (!Array.isArray(cases)) throw new TypeError("file has no list named testcases")
  return cases.map(readCase).filter(({ validation_kind }) => validation_kind === "CLIENT")
}

function readCase(value: unknown, index: number): LimboCase {
  const place = `testcases[${index}]`
  if (!isRecord(value)) throw new TypeError(`${place} is not an object`)
  const expected = value["expected_result"]
  if (expected !== "SUCCESS" && expected !== "FAILURE") {
    throw new TypeError(`${place}.expected_result is neither SUCCESS nor FAILURE`)
  }
  return {
    id: text(value, "id", place),
    validation_kind: text(value, "validation_kind", place),
    trusted_certs: texts(value, "trusted_certs", place),
    untrusted_intermediates: texts(value, "untrusted_intermediates", place),
    peer_certificate: text(value, "peer_certificate", place),
    validation_time:
      value["validation_time"] == null ? null : text(value, "validation_time", place),
    max_chain_depth: typeof value["max_chain_depth"] === "number" ? value["max_chain_depth"] : null,
    crls: value["crls"] == null ? [] : texts(value, "crls", place),
    expected_result: expected,
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function text(value: Record<string, unknown>, key: string, place: string): string {
  const found = value[key]
  if (typeof found !== "string") throw new TypeError(`${place}.${key} is not a text`)
  return found
}

function texts(value: Record<string, unknown>, key: string, place: string): readonly string[] {
  const found: unknown = value[key]
  const isTexts = Array.isArray(found) && found.every((one) => typeof one === "string")
  if (!isTexts) throw new TypeError(`${place}.${key} is not a list of texts`)
  return found
}
