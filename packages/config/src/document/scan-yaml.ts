import { Lexer } from "yaml"

/** What makes a YAML text unsafe to parse, and at which character. */
export interface YamlFault {
  readonly code: "document.syntax" | "document.too_deep" | "document.too_large"
  readonly at: number
  readonly message: string
}

export interface YamlLimits {
  readonly depth: number
  readonly lexemes: number
  readonly aliases: number
}

/**
 * Finds what the parser, which recurses and keeps every token, would not survive: nesting, sheer number,
 * aliases; and directives, which change what the text means.
 *
 * The depth of blocks is the number of columns at which the open ones begin, of which each holds two at
 * most (a mapping, and a list at the same column). Stops at the first fault; linear, no recursion.
 */
export function scanYaml(text: string, limits: YamlLimits): YamlFault | undefined {
  const scan: Scan = { at: 0, column: 0, starts: true, flow: 0, blocks: [] }
  let lexemes = 0
  let aliases = 0
  for (const lexeme of new Lexer().lex(text)) {
    const message = `more than ${limits.lexemes} parts`
    if (++lexemes > limits.lexemes) return { code: "document.too_large", at: scan.at, message }
    if (lexeme.startsWith("%")) return syntax(scan.at, "directives are not supported")
    if (lexeme.startsWith("*") && ++aliases > limits.aliases) {
      return syntax(scan.at, `more than ${limits.aliases} aliases`)
    }
    follow(scan, lexeme)
    if (scan.flow + scan.blocks.length * 2 > limits.depth) {
      const deep = `more than ${limits.depth} levels of nesting`
      return { code: "document.too_deep", at: scan.at, message: deep }
    }
  }
  return undefined
}

interface Scan {
  at: number
  column: number
  /** Nothing but indicators has come in this line. */
  starts: boolean
  flow: number
  /** Columns at which open blocks begin. */
  blocks: number[]
}

function follow(scan: Scan, lexeme: string): void {
  // The lexer's own marks: a document, a broken flow, a scalar that follows. They take no room in the text.
  if (marks.has(lexeme)) return
  if (lexeme === "[" || lexeme === "{") scan.flow++
  else if (lexeme === "]" || lexeme === "}") scan.flow--
  else if (scan.flow === 0 && scan.starts && !/^[ \t\n\r#]/.test(lexeme)) begin(scan, lexeme)
  scan.at += lexeme.length
  const line = lexeme.lastIndexOf("\n")
  if (line < 0) scan.column += lexeme.length
  else {
    scan.column = lexeme.length - line - 1
    scan.starts = true
  }
}

const marks: ReadonlySet<string> = new Set(["\u0002", "\u0018", "\u001f", "\ufeff"])

function begin(scan: Scan, lexeme: string): void {
  while ((scan.blocks.at(-1) ?? -1) >= scan.column) scan.blocks.pop()
  scan.blocks.push(scan.column)
  scan.starts = lexeme === "-" || lexeme === "?" || lexeme === ":"
}

function syntax(at: number, message: string): YamlFault {
  return { code: "document.syntax", at, message }
}
