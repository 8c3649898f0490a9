import type { Edit } from "./mutant.ts"
import { type Token, tokensOf } from "./tokens.ts"

/**
 * Every mechanical fault of a source: comparisons turned, conditions joined the other way, truths swapped,
 * conditions forced, rules forced, denials not given, statements removed.
 * It reads formatted source: an operator has spaces around it, the brackets of a type have none.
 */
export function editsOf(source: string): Edit[] {
  const tokens = tokensOf(source)
  const found = tokens.flatMap((token, i) => [
    ...turned(source, token),
    ...truth(token),
    ...negation(tokens, i),
    ...condition(tokens, i),
    ...choice(source, token),
    ...rule(tokens, i),
    ...denial(source, tokens, i),
  ])
  const edits = [...found, ...statements(source)].sort((a, b) => a.from - b.from)
  return edits.filter((one, i) => isFault(source, one) && !edits.slice(0, i).some(sameAs(one)))
}

function isFault(source: string, { from, to, text }: Edit): boolean {
  return source.slice(from, to) !== text
}

function sameAs({ from, to, text }: Edit): (other: Edit) => boolean {
  return (other) => other.from === from && other.to === to && other.text === text
}

const opposites: ReadonlyMap<string, string> = new Map([
  ["<", "<="],
  ["<=", "<"],
  [">", ">="],
  [">=", ">"],
  ["===", "!=="],
  ["!==", "==="],
  ["&&", "||"],
  ["||", "&&"],
  ["??", "&&"],
  ["??=", "="],
  ["some", "every"],
  ["every", "some"],
])

function turned(source: string, token: Token): Edit[] {
  const opposite = opposites.get(token.text)
  if (opposite === undefined) return []
  if (/^[<>]$/.test(token.text) && !isSpaced(source, token)) return []
  return [edit(token, opposite, `${token.text} becomes ${opposite}`)]
}

function truth(token: Token): Edit[] {
  if (token.text === "true") return [edit(token, "false", "true becomes false")]
  return token.text === "false" ? [edit(token, "true", "false becomes true")] : []
}

/** `!x` becomes `x`, unless it is a whole condition, which is forced both ways. */
function negation(tokens: readonly Token[], i: number): Edit[] {
  const token = tokens[i]
  if (token?.text !== "!" || tokens[i - 2]?.text === "if") return []
  return [edit(token, "", "! removed")]
}

/** `if (…)` always and never; `while (…)` never, because always would not end; rules are forced themselves. */
function condition(tokens: readonly Token[], i: number): Edit[] {
  const word = tokens[i]?.text
  if (word !== "if" && word !== "while") return []
  if (tokens.slice(i, i + 4).some(({ text }) => text === "holds")) return []
  const span = argumentsAt(tokens, i + 1).at(0)
  if (span === undefined) return []
  const never = edit(span, "false", `${word} never`)
  return word === "if" ? [edit(span, "true", "if always"), never] : [never]
}

function choice(source: string, token: Token): Edit[] {
  if (token.text !== "?" || !isSpaced(source, token)) return []
  return [
    edit(token, "|| true ?", "first of two always"),
    edit(token, "&& false ?", "second of two always"),
  ]
}

/** `holds(trace, "rule", held, …)`: the rule always holds, or never. */
function rule(tokens: readonly Token[], i: number): Edit[] {
  if (tokens[i]?.text !== "holds" || tokens[i - 1]?.text === "function") return []
  const held = argumentsAt(tokens, i + 1).at(2)
  if (held === undefined) return []
  return [edit(held, "true", "the rule always holds"), edit(held, "false", "the rule never holds")]
}

/** `return refusal` where the rule would deny: nothing is refused. */
function denial(source: string, tokens: readonly Token[], i: number): Edit[] {
  const [word, name] = tokens.slice(i, i + 2)
  if (word?.text !== "return" || name?.kind !== "word" || name.text === "undefined") return []
  if (/^(true|false)$/.test(name.text) || source.charAt(name.to) !== "\n") return []
  return [edit(name, "undefined", "returns nothing")]
}

/** Statements on one line that assign or call, and declare nothing. */
function statements(source: string): Edit[] {
  const edits: Edit[] = []
  let from = 0
  let before = "{"
  for (const line of source.split("\n")) {
    const to = from + line.length
    const isStatement =
      /^ +(?!return |throw |const |let )[\w.#[\]]+( [?|*+]*= .*[^{([]$|\(.*\)$)/.test(line)
    if (isStatement && /[{}\w)"\]]$/.test(before)) edits.push(edit({ from, to }, "", "removed"))
    if (line.trim() !== "") before = line
    from = to + 1
  }
  return edits.map((one) => ({ ...one, from: one.from + indent(source, one.from) }))
}

function indent(source: string, at: number): number {
  return source.slice(at).search(/\S/)
}

interface Span {
  readonly from: number
  readonly to: number
}

function edit({ from, to }: Span, text: string, what: string): Edit {
  return { from, to, text, what }
}

function isSpaced(source: string, { from, to }: Token): boolean {
  return /\s/.test(source.charAt(from - 1)) && /\s/.test(source.charAt(to))
}

/** The arguments of a call whose bracket opens at token `open`. */
function argumentsAt(tokens: readonly Token[], open: number): Span[] {
  const spans: Span[] = []
  let depth = 0
  let first = open + 1
  for (let i = open; i < tokens.length; i++) {
    const text = tokens[i]?.text ?? ""
    depth += depthOf(text)
    if (depth > 1 || (depth === 1 && text !== ",")) continue
    spans.push(...spanOf(tokens.slice(first, i)))
    first = i + 1
    if (depth === 0) break
  }
  return spans
}

function spanOf(tokens: readonly Token[]): Span[] {
  const [first, last] = [tokens[0], tokens.at(-1)]
  return first === undefined || last === undefined ? [] : [{ from: first.from, to: last.to }]
}

function depthOf(text: string): number {
  if (/^[([{]$/.test(text)) return 1
  return /^[)\]}]$/.test(text) ? -1 : 0
}
