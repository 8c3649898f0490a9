import { Connection } from "@countersign/guard"
import { createAuthority, sharedKey } from "@countersign/pki"
import { guardOf } from "../guard/world.ts"
import { collect } from "../measure/bytes.ts"
import { held } from "../measure/heap.ts"
import { progress } from "../report/progress.ts"
import { expect, factsOf, host } from "./checks.ts"
import { isQuick, tell } from "./part.ts"
import { renamed, templateName } from "./renamed.ts"

/**
 * Connections that never repeat a certificate, by people who want the guard to remember them all.
 * `strangers`: another leaf each time, in the name of a trusted authority. `decoys`: a leaf that is
 * allowed, with its intermediate, and beside them another certificate each time.
 */
const steps = isQuick ? [1000, 5000] : [1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000]
const last = Math.max(...steps)
/** Their signatures hold and cost more to check. */
const lastDecoy = 20_000

const key = await sharedKey("P-256")
const root = await createAuthority({ name: "growth root", key })
const issuer = await root.issueAuthority({ name: "growth issuer", key })
const client = await issuer.issue({ name: "client", key })
const pretended = await createAuthority({ name: "growth root" })
const stranger = await pretended.issue({ name: templateName("stranger"), key })

const strangers = fill("strangers", "Deny", last, (i) => [renamed(stranger.der, i)])
const decoys = fill("decoys", "Allow", Math.min(last, lastDecoy), (i) => [
  client.der,
  issuer.der,
  renamed(stranger.der, i),
])

tell({
  table: {
    title: "Memory under certificates that never repeat",
    about:
      "New connections to an API with an authority, one request each, through one guard. Strangers: " +
      "another leaf each time, issued in the name of the authority by somebody else. Decoys: an allowed " +
      "leaf and its intermediate, with another certificate beside them each time. What is kept is bounded " +
      "by count (4 096 examinations), so the figures must stop growing.",
    columns: [
      { key: "size", label: "connections" },
      { key: "strangers", label: "strangers, KiB kept" },
      { key: "decoys", label: "decoys, KiB kept" },
    ],
    rows: steps.map((size) => ({
      size,
      strangers: kibibytes(strangers.kept.get(size)),
      decoys: kibibytes(decoys.kept.get(size)),
    })),
    chart: {
      id: "growth-hostile",
      title: "Memory kept under certificates that never repeat",
      kind: "lines",
      x: "size",
      series: ["strangers", "decoys"],
      unit: "KiB",
    },
  },
  measured: {},
})

function fill(
  what: string,
  expected: "Allow" | "Deny",
  count: number,
  chainOf: (i: number) => readonly Uint8Array[],
): { readonly kept: ReadonlyMap<number, number> } {
  const guard = guardOf({
    apis: [
      {
        apiId: "orders",
        staticMtls: { leaves: [], anchors: [root.sha256] },
        identity: { _tag: "keyless" },
        authorities: [root.der],
      },
    ],
  })
  const show = progress(`growth, ${what}`)
  const kept = new Map<number, number>()
  collect()
  const before = held()
  for (let i = 1; i <= count; i++) {
    const connection = new Connection({ encrypted: true, serverName: host, chain: chainOf(i) })
    expect(what, guard.check(factsOf(connection, "/orders/1")), expected)
    if (!steps.includes(i)) continue
    collect()
    kept.set(i, held() - before)
    show(i / count)
  }
  return { kept }
}

function kibibytes(bytes: number | undefined): number | null {
  return bytes === undefined ? null : bytes / 1024
}
