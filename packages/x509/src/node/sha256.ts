import * as crypto from "node:crypto"

/** SHA-256 in lower-case hexadecimal; the one-shot form, where the runtime has it, costs half. */
export const sha256: (bytes: Uint8Array) => string =
  typeof crypto.hash === "function"
    ? (bytes) => crypto.hash("sha256", bytes, "hex")
    : (bytes) => crypto.createHash("sha256").update(bytes).digest("hex")
