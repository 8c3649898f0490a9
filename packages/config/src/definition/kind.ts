import { isRecord } from "../document/record.ts"
import { extensionName } from "./openapi.ts"

export type DocumentKind = "classic" | "openapi" | "settings" | "unknown"

/** Recognises a document of a gateway by what stands in it. */
export function kindOf(value: unknown): DocumentKind {
  if (!isRecord(value)) return "unknown"
  const has = (names: readonly string[]): boolean =>
    names.some((name) => Object.hasOwn(value, name))
  if (has(["openapi", extensionName])) return "openapi"
  if (has(["api_id", "use_keyless", "use_mutual_tls_auth", "use_standard_auth", "auth_configs"])) {
    return "classic"
  }
  return has(settingsMembers) ? "settings" : "unknown"
}

const settingsMembers = [
  "listen_port",
  "node_secret",
  "template_path",
  "app_path",
  "http_server_options",
  "security",
  "storage",
  "hash_keys",
  "allow_master_keys",
  "min_token_length",
  "override_messages",
]
