import type { Problem } from "../problem.ts"
import { problem } from "../problem.ts"
import { documentLimits } from "./limits.ts"
import { parseJson } from "./parse-json.ts"
import { parseYaml, type YamlDocument } from "./parse-yaml.ts"

/** Parses JSON or YAML, told apart by the file's name, otherwise by the first character. */
export function parseText(text: string, file: string): readonly YamlDocument[] | Problem {
  if (!isYaml(text, file)) {
    const parsed = parseJson(text, file)
    return "_tag" in parsed ? [{ value: parsed.value, place: { file, place: "$" } }] : parsed
  }
  if (Buffer.byteLength(text) > documentLimits.yamlBytes) {
    const message = `the file is larger than ${documentLimits.yamlBytes} bytes`
    const remedy = "split it into several files"
    return problem("file.too_large", { file, place: "$" }, message, remedy)
  }
  return parseYaml(text, file)
}

function isYaml(text: string, file: string): boolean {
  if (/\.ya?ml$/.test(file)) return true
  return !/\.json$/.test(file) && !/^\s*[[{]/.test(text)
}
