import type { ExchangeVector } from "../vectors/exchange.ts"

type Asserted = NonNullable<ExchangeVector["asserted"]>

/** Why an answer differs from the reference's. */
const reasons: Readonly<Record<NonNullable<Asserted["differs"]>, string>> = {
  status:
    "The status alone: who is known but not allowed gets 403. The preset `tyk-5.12` answers as the reference does.",
  effects:
    "The reference rewrites the session so that it names the presented certificate. A decision has no effects, and a session counts only for the certificate that it names.",
  handshake:
    'The default asks for a certificate in the handshake and answers the request, with a reason. With `handshake: "tls"` the connection is closed after the handshake.',
  additive:
    "Binding is additive: it does not replace the allow list, unless `boundCertificateSatisfiesAllowList` says so and binding is enforced.",
  agree:
    "A presented token and the certificate must agree where the certificate identifies the session.",
  exact: "A key counts as it was issued, not with something behind it.",
}

/** The vectors whose answer differs from the reference's, as a Markdown document. */
export function differences(vectors: readonly ExchangeVector[]): string {
  const compared = vectors.flatMap(({ asserted, ...vector }) =>
    asserted === undefined ? [] : [{ ...vector, asserted }],
  )
  const lines = compared.flatMap(({ id, sentence, expect, asserted }) => {
    const { differs, status } = asserted
    if (differs === undefined) return []
    return [`| ${id} | ${sentence} | ${status} | ${answer(expect)} | ${reasons[differs]} |`]
  })
  return `# Exchanges that differ from the reference

Written by \`npm run generate\`; a test compares it with the vectors.
Of ${compared.length} exchanges taken from the reference's own tests, ${lines.length} are answered differently, none of them by letting in what it refuses.

| vector | what | reference | here | why |
|---|---|---|---|---|
${lines.join("\n")}
`
}

function answer(expect: ExchangeVector["expect"]): string {
  return "allow" in expect ? "200" : `${expect.deny.status.default} \`${expect.deny.reason}\``
}
