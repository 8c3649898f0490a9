import { answers } from "./answers.ts"
import type { Row } from "./rows/row.ts"

/** Why an answer differs from the reference's. */
const reasons: Readonly<Record<string, string>> = {
  status:
    "The status alone: who is known but not allowed gets 403. The preset `tyk-5.12` answers as the reference does.",
  effects:
    "The reference rewrites the session so that it names the presented certificate. A decision has no effects, and a session counts only for the certificate that it names.",
  handshake:
    'The default asks for a certificate in the handshake and answers the request, with a reason. With `handshake: "tls"` the connection is closed after the handshake.',
}

/** The rows whose answer differs from the reference's, as a Markdown document. */
export function differences(rows: readonly Row[]): string {
  const lines = rows.flatMap(({ id, about, expect, reference }) => {
    if (reference?.because === undefined) return []
    const why = reasons[reference.because]
    if (why === undefined) throw new TypeError(`row ${id} differs for no known reason`)
    const status = expect === "Allow" ? 200 : answers[expect][0]
    return [`| ${id} | ${about} | ${reference.status} | ${status} \`${expect}\` | ${why} |`]
  })
  const compared = rows.filter(({ reference }) => reference !== undefined).length
  return `# Rows that differ from the reference

Written by \`npx tsx spec/src/hosts/write-differences.ts\`; a test compares it with the rows.
Of ${compared} rows taken from the reference's own tests, ${lines.length} are answered differently, none of them by letting in what it refuses.

| row | request | reference | here | why |
|---|---|---|---|---|
${lines.join("\n")}
`
}
