import { certificateLimits } from "../der/limits.ts"
import { decodeBase64 } from "./base64.ts"
import { type PemBlock, pemBlocks } from "./blocks.ts"

export interface PemLimits {
  readonly characters: number
  readonly blocks: number
  /** Of one decoded block. */
  readonly bytes: number
}

/**
 * `characters` and `blocks`: the bundles of public root programs are below 512 KiB with 200 certificates;
 * this is room for ten thousand. `bytes`: as for one certificate.
 */
export const pemLimits: PemLimits = {
  characters: 33_554_432,
  blocks: 10_000,
  bytes: certificateLimits.bytes,
}

/** What a PEM text holds. A private key is counted; its body is neither decoded nor copied. */
export interface PemContents {
  readonly certificates: readonly Uint8Array[]
  readonly ignored: {
    readonly privateKeys: number
    readonly publicKeys: number
    /** Labels of blocks of any other type. */
    readonly other: readonly string[]
  }
  readonly problems: readonly PemProblem[]
}

export interface PemProblem {
  /** Of the block's first line, counted from 1. */
  readonly line: number
  readonly problem: string
}

interface Collected {
  readonly certificates: Uint8Array[]
  readonly ignored: { privateKeys: number; publicKeys: number; readonly other: string[] }
  readonly problems: PemProblem[]
}

/**
 * Reads every block of a PEM text: chains, bundles, CRLF, text around the blocks, and line breaks that an
 * environment variable has turned into spaces or into `\n` (RFC 7468; total, linear in the text).
 */
export function readPem(text: string, limits: Partial<PemLimits> = {}): PemContents {
  const { characters, blocks, bytes } = { ...pemLimits, ...limits }
  const found: Collected = {
    certificates: [],
    ignored: { privateKeys: 0, publicKeys: 0, other: [] },
    problems: [],
  }
  if (text.length > characters) {
    found.problems.push({ line: 1, problem: `more than ${characters} characters` })
    return found
  }
  const unfolded = text.includes("\\n") ? unescapeBreaks(text) : text
  let count = 0
  for (const block of pemBlocks(unfolded)) {
    count += 1
    if (count > blocks) {
      found.problems.push({ line: block.line, problem: `more than ${blocks} blocks` })
      return found
    }
    collect(found, unfolded, block, bytes)
  }
  return found
}

function collect(found: Collected, text: string, block: PemBlock, limit: number): void {
  if (block.label.endsWith("PRIVATE KEY")) {
    found.ignored.privateKeys += 1
  } else if (!block.closed) {
    found.problems.push({ line: block.line, problem: `block ${shown(block.label)} has no end` })
  } else if (block.label === "CERTIFICATE" || block.label === "X509 CERTIFICATE") {
    const der = decodeBase64(text, block.from, block.to, limit)
    if (der !== undefined && der.length > 0) found.certificates.push(der)
    else
      found.problems.push({
        line: block.line,
        problem: `block is not base64 of at most ${limit} bytes`,
      })
  } else if (block.label.endsWith("PUBLIC KEY")) {
    found.ignored.publicKeys += 1
  } else {
    found.ignored.other.push(shown(block.label))
  }
}

/** Two spaces for two characters, so that places stay where they were. */
function unescapeBreaks(text: string): string {
  return text.replaceAll("\\r", "  ").replaceAll("\\n", "  ")
}

/** A label is foreign text and may reach a terminal. */
function shown(label: string): string {
  return label.replace(/[^ -~]/g, "?")
}
