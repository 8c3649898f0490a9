import { fingerprint, type Policy, type TrustPath as ProvenPath } from "@countersign/engine"
import {
  type Certificate,
  describeFailure,
  type Examination,
  examine,
  type Interval,
  readCertificate,
  type TrustPath,
} from "@countersign/x509"
import { sha256, verify } from "@countersign/x509/node"
import { checkRevocation, type RevocationLists } from "@countersign/x509/revocation"
import type { Connection, LeafMemory } from "../connection.ts"
import { BoundedMap } from "./bounded-map.ts"
import type { Trust } from "./trust.ts"

/** What a presented chain proves under one trust. */
export interface Evidence {
  readonly paths: readonly ProvenPath[]
  /** A revocation list has the leaf, with or without a path. */
  readonly revoked: boolean
  /** Why no path was found, or none that is valid now; for explanations. */
  readonly failure: string | undefined
}

export interface EvidenceOptions {
  /** Examinations remembered, over all connections and APIs; default 4096. */
  readonly size?: number
  /** Leaves for which the intermediates above them are remembered; default 4096. */
  readonly completions?: number
  /** Leaves of which it is remembered when they are valid; default 4096. */
  readonly leaves?: number
}

/** What completes a leaf's path, and a name for it as `Connection.extras` names a set. */
interface Completion {
  readonly name: string
  readonly certificates: readonly Certificate[]
}

interface Remembered extends Evidence {
  /** The intermediates of the paths. */
  readonly between: readonly Certificate[]
  readonly valid: Interval
}

interface Latest {
  readonly trust: Trust
  readonly lists: RevocationLists | "none"
  readonly answer: Remembered
}

export const noEvidence: Evidence = { paths: [], revoked: false, failure: undefined }

const nothing: Examination = {
  paths: [],
  failure: undefined,
  spent: { signatures: 0, steps: 0, comparisons: 0, exhausted: undefined },
  complete: { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY },
}

/** Enough for paths of eight that were cross-signed once; a stranger's connection can cost no more. */
const budget = { signatures: 16 }

/** Two paths of eight. */
const longestCompletion = 16

const none: Completion = { name: "", certificates: [] }

/** Lists come into force and their signers expire between requests: what they said is asked again after this. */
const listsAskedEvery = 60_000

/**
 * Examines chains and remembers the answers, bounded by count. An answer belongs to one trust, leaf
 * and set of other certificates, and to the time within which it is complete (DESIGN §5). A resumed
 * TLS session carries only its leaf: the intermediates of a path that was proven for that leaf in
 * a full handshake are remembered, and examined anew where that set was not examined yet.
 */
export class EvidenceCache {
  readonly leaves: LeafMemory
  readonly #answers: BoundedMap<Remembered>
  readonly #completions: BoundedMap<Completion>
  readonly #generations = new WeakMap<Trust, number>()
  /** The last answer to each connection that was not resumed: its material does not change. */
  readonly #latest = new WeakMap<Connection, Latest>()
  #generation = 0

  constructor({ size = 4096, completions = 4096, leaves = 4096 }: EvidenceOptions = {}) {
    this.leaves = new BoundedMap(leaves)
    this.#answers = new BoundedMap(size)
    this.#completions = new BoundedMap(completions)
  }

  /** How many examinations are remembered. */
  get count(): number {
    return this.#answers.count
  }

  /** What the connection's chain proves under a trust; `now` in epoch milliseconds. */
  examine(
    trust: Trust,
    connection: Connection,
    revocation: Policy["revocation"],
    now: number,
  ): Evidence {
    const { leaf } = connection
    if (leaf === undefined) return noEvidence
    const lists = revocation === "off" ? "none" : trust.lists
    const latest = this.#latest.get(connection)
    if (latest?.trust === trust && latest.lists === lists && isWithin(latest.answer.valid, now)) {
      return latest.answer
    }
    const completion = (connection.resumed ? this.#completions.get(leaf.hex) : undefined) ?? none
    // What was presented once and is remembered has one name, and so one answer, in either place.
    const material = [connection.extras, completion.name].filter((set) => set !== "").join("|")
    const name = `${this.#generationOf(trust)}|${leaf.hex}|${lists === "none"}|${material}`
    const known = this.#answers.get(name)
    const isCurrent = known !== undefined && isWithin(known.valid, now)
    const answer = isCurrent
      ? known
      : withRevocation(
          this.#search(trust, connection, completion.certificates, now),
          lists,
          connection.certificate,
          now,
        )
    if (!isCurrent) this.#answers.set(name, answer)
    if (!connection.resumed) {
      this.#remember(leaf.hex, answer.between)
      this.#latest.set(connection, { trust, lists, answer })
    }
    return answer
  }

  #search(
    trust: Trust,
    { certificate: leaf, chain: [, ...extras] }: Connection,
    completion: readonly Certificate[],
    now: number,
  ): Examination {
    if (leaf === undefined) return nothing
    const read = extras.map((der) => readCertificate(der))
    const material = [...read, ...completion, ...trust.intermediates]
    return verify(examine(leaf, material, trust.anchors, { budget, ...trust.options, now }))
  }

  /** What other APIs needed above the same leaf stays. */
  #remember(leaf: string, between: readonly Certificate[]): void {
    if (between.length === 0) return
    const before = this.#completions.get(leaf)?.certificates ?? []
    if (between.every((one) => before.includes(one))) return
    const all = new Map([...between, ...before].map((one) => [sha256(one.der), one]))
    const kept = [...all].slice(0, longestCompletion)
    const name = kept
      .map(([digest]) => digest)
      .sort()
      .join()
    this.#completions.set(leaf, { name, certificates: kept.map(([, one]) => one) })
  }

  #generationOf(trust: Trust): number {
    let generation = this.#generations.get(trust)
    if (generation === undefined) {
      this.#generation += 1
      generation = this.#generation
      this.#generations.set(trust, generation)
    }
    return generation
  }
}

function isWithin({ from, until }: Interval, now: number): boolean {
  return from <= now && now <= until
}

function withRevocation(
  { paths, failure, complete }: Examination,
  lists: RevocationLists | "none",
  leaf: Connection["certificate"],
  now: number,
): Remembered {
  const why = failure === undefined ? undefined : describeFailure(failure)
  const between = [...new Set(paths.flatMap(({ certificates }) => certificates.slice(1, -1)))]
  if (lists === "none") {
    const proven = paths.map(unchecked)
    return { paths: proven, revoked: false, failure: why, valid: complete, between }
  }
  const checked = paths.map((path) => checkedPath(path, lists, now))
  const kept = checked.filter((path) => path !== undefined)
  return {
    paths: kept,
    revoked:
      kept.some(({ revocation }) => revocation.status === "revoked") ||
      (leaf?._tag === "Certificate" && isListed(leaf, lists, now)),
    between,
    failure: kept.length === paths.length ? why : "an intermediate certificate has been revoked",
    valid: {
      from: Math.max(complete.from, now),
      until: Math.min(complete.until, now + listsAskedEvery),
    },
  }
}

/**
 * Whether a list of the leaf's issuer has it. The lists are the operator's: without a path their
 * signatures cannot be checked, and an entry is believed all the same, because refusing is safe.
 */
function isListed({ issuer, serial }: Certificate, lists: RevocationLists, now: number): boolean {
  const ofIssuer = lists.byIssuer.get(issuer.key) ?? []
  return ofIssuer.some(({ list }) => {
    const entry = list.foreign === undefined ? list.entries.get(serial) : undefined
    return list.thisUpdate <= now && entry !== undefined && entry.reason !== removeFromList
  })
}

/** An entry of a delta list that takes a revocation back (RFC 5280 §5.3.1). */
const removeFromList = 8

function unchecked({ anchor, notBefore, notAfter }: TrustPath): ProvenPath {
  const revocation = { status: "unknown", freshUntil: 0 } as const
  return { anchor: fingerprint(anchor), notBefore, notAfter, revocation }
}

/** The leaf's revocation is the engine's to judge; with an intermediate revoked there is no path. */
function checkedPath(path: TrustPath, lists: RevocationLists, now: number): ProvenPath | undefined {
  const signers = path.certificates.slice(1)
  const { status, freshUntil, certificates } = verify(
    checkRevocation(path, lists, { now, signers }),
  )
  const [leaf, ...above] = certificates
  if (above.some((one) => one.status === "revoked")) return undefined
  const revoked = leaf?.status === "revoked"
  return {
    ...unchecked(path),
    revocation: {
      status: revoked ? "revoked" : status === "good" ? "good" : "unknown",
      freshUntil: Number.isFinite(freshUntil) ? freshUntil : 0,
    },
  }
}
