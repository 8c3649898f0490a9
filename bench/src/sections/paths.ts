import { Connection, type Guard, type RequestFacts } from "@countersign/guard"
import { createAuthority, type Issued, sharedKey } from "@countersign/pki"
import { type Anchors, prepareAnchors, readCertificate } from "@countersign/x509"
import { verifyPaths } from "@countersign/x509/node"
import { guardOf } from "../guard/world.ts"
import { interleave, type Subject } from "../measure/interleave.ts"
import { median, ratios } from "../measure/statistics.ts"
import { type Chain, chainsOf, kinds } from "../paths/chains.ts"
import { pkijsPaths } from "../paths/pkijs.ts"
import { progress } from "../report/progress.ts"
import type { Findings, Table } from "../results/result.ts"
import { runSection, type SectionOptions } from "./section.ts"

type Part = { readonly table: Table; readonly measured: Record<string, number> }

async function paths(options: SectionOptions): Promise<Findings> {
  const parts = [await firstSight(options), await seenAndUnknown(options), await anchors(options)]
  return {
    tables: parts.map(({ table }) => table),
    measured: Object.assign({}, ...parts.map(({ measured }) => measured)),
  }
}

const now = Date.now()

async function firstSight(options: SectionOptions): Promise<Part> {
  const sights: Sight[] = []
  for (const kind of kinds) sights.push(await firstSightOf(kind, options))
  return {
    measured: Object.fromEntries(
      sights.flatMap(({ kind, own, ratio }) => [
        [`paths.first.${kind}`, own / 1000],
        ...(ratio === undefined ? [] : [[`paths.pkijs.${kind}`, ratio]]),
      ]),
    ),
    table: {
      title: "A chain at first sight",
      about:
        "Leaf and intermediate read, a path searched and validated, two signatures checked; the anchor " +
        "is known, nothing else has been seen before. pkijs' engine gets the same bytes.",
      columns: [
        { key: "kind", label: "keys" },
        { key: "own", label: "µs, median", digits: 1 },
        { key: "theirs", label: "pkijs, µs" },
        { key: "ratio", label: "times as long", digits: 1 },
      ],
      rows: sights.map(({ kind, own, theirs, ratio }) => ({
        kind,
        own,
        theirs: theirs ?? "refuses the kind",
        ratio: ratio ?? null,
      })),
    },
  }
}

interface Sight {
  readonly kind: string
  /** Microseconds. */
  readonly own: number
  readonly theirs: number | undefined
  readonly ratio: number | undefined
}

/** Every chain is examined once by each, because the second time its keys would be known. */
async function firstSightOf(kind: (typeof kinds)[number], options: SectionOptions): Promise<Sight> {
  const blocks = options.quick ? 2 : kind === "RSA-2048" ? 5 : 15
  const { root, chains } = await chainsOf(kind, blocks * BLOCK + WARM)
  const trusted = anchorsOf([root])
  const other = pkijsPaths(root.der)
  const [known] = chains
  const canCompare = known !== undefined && (await other(known))
  await warmUp(chains.slice(0, WARM), trusted, other)
  const own: number[] = []
  const theirs: number[] = []
  const show = progress(`paths, ${kind}`)
  for (let at = WARM; at < chains.length; at += BLOCK) {
    const block = chains.slice(at, at + BLOCK)
    own.push(await medianOf(block, (chain) => examined(chain, trusted)))
    if (canCompare) theirs.push(await medianOf(block, other))
    show((at + BLOCK) / chains.length)
  }
  return {
    kind,
    own: median(own),
    theirs: canCompare ? median(theirs) : undefined,
    ratio: canCompare ? median(ratios(theirs, own)) : undefined,
  }
}

/** Chains that one engine gets in a row, so that neither finds the caches as the other left them. */
const BLOCK = 10
const WARM = 4

async function warmUp(
  chains: readonly Chain[],
  anchors: Anchors,
  other: (chain: Chain) => Promise<boolean>,
): Promise<void> {
  for (let i = 0; i < 400; i++) for (const chain of chains) examined(chain, anchors)
  for (let i = 0; i < 20; i++) for (const chain of chains) await other(chain)
}

function examined({ leaf, intermediate }: Chain, anchors: Anchors): void {
  const { paths } = verifyPaths(leaf.der, [intermediate.der], anchors, { now })
  if (paths.length !== 1) throw new Error("there is a path, and it was not found")
}

async function medianOf(
  chains: readonly Chain[],
  call: (chain: Chain) => unknown,
): Promise<number> {
  const samples: number[] = []
  for (const chain of chains) {
    const start = process.hrtime.bigint()
    const pending = call(chain)
    if (pending instanceof Promise) await pending
    samples.push(Number(process.hrtime.bigint() - start) / 1000)
  }
  return median(samples)
}

function anchorsOf(roots: readonly Issued[]): Anchors {
  return prepareAnchors(roots.map(({ der, sha256 }) => ({ id: sha256, certificate: read(der) })))
}

function read(der: Uint8Array) {
  const certificate = readCertificate(der)
  if (certificate._tag !== "Certificate") throw new Error("an anchor cannot be read")
  return certificate
}

/** From the bytes of a new connection to the verdict on its first request. */
async function seenAndUnknown({ quick }: SectionOptions): Promise<Part> {
  const { root, chains } = await chainsOf("P-256", 64)
  const guard = guardOf({
    apis: [
      {
        apiId: "authorities",
        staticMtls: { leaves: [], anchors: [root.sha256] },
        identity: { _tag: "keyless" },
        authorities: [root.der],
      },
      {
        apiId: "listed",
        staticMtls: { leaves: ["0".repeat(64)], anchors: [] },
        identity: { _tag: "keyless" },
      },
    ],
  })
  const subjects = [
    firstRequests("a chain seen before", guard, chains, "/authorities", "Allow"),
    firstRequests("an unknown certificate, no authorities", guard, chains, "/listed", "Deny"),
  ]
  const times = await interleave(subjects, {
    rounds: quick ? 51 : 501,
    calls: 256,
    progress: progress("paths, seen before"),
  })
  const microseconds = subjects.map(({ name }) => median(times.get(name) ?? []) / 1000)
  return {
    table: {
      title: "A new connection with known and unknown certificates",
      about:
        "From the bytes of the chain to the verdict on the first request: hashing the leaf, looking up " +
        "what its chain has proven before, deciding.",
      columns: [
        { key: "name", label: "presented" },
        { key: "us", label: "µs, median", digits: 2 },
      ],
      rows: subjects.map(({ name }, i) => ({ name, us: microseconds[i] ?? null })),
    },
    measured: {
      "paths.seen": microseconds[0] ?? Number.NaN,
      "paths.unknown": microseconds[1] ?? Number.NaN,
    },
  }
}

function firstRequests(
  name: string,
  guard: Guard,
  chains: readonly Chain[],
  target: string,
  expected: "Allow" | "Deny",
): Subject {
  const head = { method: "GET", target, authority: "api.example", header: () => undefined }
  let next = 0
  return {
    name,
    run: (calls) => {
      for (let call = 0; call < calls; call++) {
        const chain = chains[next++ % chains.length]
        if (chain === undefined) return
        const facts: RequestFacts = { now, connection: connectionOf(chain), head }
        const verdict = guard.check(facts)
        if (verdict instanceof Promise || verdict._tag !== expected) throw new Error(name)
      }
    },
  }
}

function connectionOf({ leaf, intermediate }: Chain): Connection {
  const chain = [leaf.der, intermediate.der]
  return new Connection({ encrypted: true, serverName: "api.example", chain })
}

/** The chain's root is one of many authorities, all of different names. */
async function anchors({ quick }: SectionOptions): Promise<Part> {
  const { root, chains } = await chainsOf("P-256", 8)
  const sizes = quick ? [10, 1000] : [10, 100, 1000, 10_000]
  const key = await sharedKey("P-256")
  const others: Issued[] = []
  const show = progress("paths, anchors")
  for (let i = others.length; i < Math.max(...sizes); i++) {
    others.push(await createAuthority({ name: `authority ${i}`, key }))
    show((i + 1) / Math.max(...sizes))
  }
  const subjects = sizes.map((size): Subject => {
    const trusted = anchorsOf([root, ...others.slice(1, size)])
    return {
      name: String(size),
      run: (calls) => {
        for (let i = 0; i < calls; i++) {
          const chain = chains[i % chains.length]
          if (chain !== undefined) examined(chain, trusted)
        }
      },
    }
  })
  const times = await interleave(subjects, { rounds: quick ? 11 : 101, calls: 16, warmUp: 1600 })
  const smallest = times.get("10") ?? []
  const rows = sizes.map((size) => ({
    size,
    us: median(times.get(String(size)) ?? []) / 1000,
    ratio: median(ratios(times.get(String(size)) ?? [], smallest)),
  }))
  return {
    table: {
      title: "More anchors",
      about: "The same chains, their issuers' keys known, with one trusted root among others.",
      columns: [
        { key: "size", label: "anchors" },
        { key: "us", label: "µs, median", digits: 1 },
        { key: "ratio", label: "to the smallest", digits: 2 },
      ],
      rows,
    },
    measured: { "paths.anchors": rows.at(-1)?.ratio ?? Number.NaN },
  }
}

await runSection(paths)
