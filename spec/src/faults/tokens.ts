export interface Token {
  readonly kind: "word" | "number" | "literal" | "sign"
  readonly text: string
  readonly from: number
  readonly to: number
}

const space = /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\//y
const patterns = [
  ["literal", /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/y],
  ["word", /[A-Za-z_$#][\w$]*/y],
  ["number", /\d[\w.]*/y],
  ["sign", /\?\?=|===|!==|\.\.\.|\*\*|=>|<=|>=|&&|\|\||\?\?|\?\.|\+\+|--|[-+*/|&^]=|./y],
] as const
const regularExpression = /\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y

/** Splits TypeScript source into tokens; comments are left out, a template is one literal. */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < source.length) {
    const skipped = matchAt(space, source, at)
    if (skipped !== undefined) {
      at += skipped.length
      continue
    }
    const token = tokenAt(source, at, tokens.at(-1))
    tokens.push(token)
    at = token.to
  }
  return tokens
}

function tokenAt(source: string, from: number, before: Token | undefined): Token {
  const expression = endsValue(before) ? undefined : matchAt(regularExpression, source, from)
  if (expression !== undefined) return tokenOf("literal", expression, from)
  for (const [kind, pattern] of patterns) {
    const text = matchAt(pattern, source, from)
    if (text !== undefined) return tokenOf(kind, text, from)
  }
  throw new Error(`no token at ${from}`)
}

/** After a value a slash divides; elsewhere it begins a regular expression. */
function endsValue(token: Token | undefined): boolean {
  return token !== undefined && (token.kind !== "sign" || token.text === ")" || token.text === "]")
}

function tokenOf(kind: Token["kind"], text: string, from: number): Token {
  return { kind, text, from, to: from + text.length }
}

function matchAt(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(source)?.[0]
}
