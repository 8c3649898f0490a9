import { type Issued, withDer } from "./certificate.ts"
import { MALFORMED_BODIES } from "./malformed-body.ts"
import { MALFORMED_ENVELOPES } from "./malformed-envelope.ts"

export type Malformation = keyof typeof MALFORMED_ENVELOPES | keyof typeof MALFORMED_BODIES

/**
 * A copy of a certificate that breaks the one rule named by `kind`; bodies are signed again by the
 * issuer, so that nothing else is wrong. Throws unless it is of version 3 with extensions.
 */
export function malform(issued: Issued, kind: Malformation): Promise<Issued> {
  const envelope = change(MALFORMED_ENVELOPES, kind)
  if (envelope !== undefined) return withDer(issued, envelope(issued.der))
  const body = change(MALFORMED_BODIES, kind)
  if (body === undefined) throw new TypeError(`no such malformation: ${kind}`)
  return issued.altered(body)
}

/** Every kind, for tests that go through all of them. */
export const MALFORMATIONS: readonly Malformation[] = [
  ...(Object.keys(MALFORMED_ENVELOPES) as (keyof typeof MALFORMED_ENVELOPES)[]),
  ...(Object.keys(MALFORMED_BODIES) as (keyof typeof MALFORMED_BODIES)[]),
]

function change(
  table: Readonly<Record<string, (der: Uint8Array) => Uint8Array>>,
  kind: string,
): ((der: Uint8Array) => Uint8Array) | undefined {
  return table[kind]
}
