import { Connection, type Guard } from "@countersign/guard"
import { floorSubject } from "../decide/subjects.ts"
import { guardOf, knownSession, orgId } from "../guard/world.ts"
import { interleave, type Subject } from "../measure/interleave.ts"
import { median, ratios } from "../measure/statistics.ts"
import { progress } from "../report/progress.ts"
import type { Table } from "../results/result.ts"
import type { SectionOptions } from "../sections/section.ts"
import { createIdentities, token } from "./world.ts"

/** `Guard.check` alone, by what the API asks and how its tokens are written. */
export async function guardAlone({ quick }: SectionOptions): Promise<Table> {
  const { authority, clients } = await createIdentities()
  const listed = clients.map(({ sha256 }) => sha256)
  const id = "5d41402abc4b2a76b9719d911017c592"
  const jsonKey = Buffer.from(JSON.stringify({ org: orgId, id, h: "murmur64" })).toString("base64")
  const authToken = { _tag: "authToken", certificate: false } as const
  const bound = { bindings: listed.slice(0, 1) }
  const guard = guardOf({
    apis: [
      {
        apiId: "listed",
        staticMtls: { leaves: listed, anchors: [] },
        identity: { _tag: "keyless" },
      },
      {
        apiId: "authorities",
        staticMtls: { leaves: [], anchors: [authority.sha256] },
        identity: { _tag: "keyless" },
        authorities: [authority.der],
      },
      { apiId: "token", staticMtls: "off", identity: authToken },
      { apiId: "bound", staticMtls: { leaves: listed, anchors: [] }, identity: authToken },
      { apiId: "dynamic", staticMtls: "off", identity: { _tag: "authToken", certificate: true } },
    ],
    sessions: [
      knownSession(token, bound),
      knownSession(`${orgId}unbound0`),
      knownSession(jsonKey, bound),
      knownSession(`${orgId}${listed[0]}`, { certificate: listed[0] ?? "none" }),
    ],
    enrolled: listed,
  })
  const connection = new Connection({
    encrypted: true,
    serverName: "localhost",
    chain: clients.slice(0, 1).map(({ der }) => der),
  })
  const checks: readonly (readonly [string, string, string | undefined])[] = [
    ["allow list", "/listed/1", undefined],
    ["allow list of authorities", "/authorities/1", undefined],
    ["token", "/token/1", `${orgId}unbound0`],
    ["allow list, bound token", "/bound/1", token],
    ["allow list, bound token as base64 JSON", "/bound/1", jsonKey],
    ["certificate identifies the session", "/dynamic/1", undefined],
  ]
  const subjects = checks.map(([name, path, key]) =>
    checkSubject(name, guard, connection, path, key),
  )
  const making = checks.map(([name, path, key]) => headSubject(`${name}, head`, path, key))
  const times = await interleave([floorSubject(), ...making, ...subjects], {
    rounds: quick ? 51 : 501,
    calls: 1000,
    progress: progress("the guard alone"),
  })
  const samples = (name: string): readonly number[] => times.get(name) ?? []
  return {
    title: "The guard alone",
    about:
      "`Guard.check` from a request's head to the verdict, in one process without a server: routing, host, " +
      "token, sessions and enrolment in memory, decision. Every request has texts of its own, as from a parser.",
    columns: [
      { key: "name", label: "API" },
      { key: "ns", label: "ns, median" },
      { key: "ratio", label: "to the floor", digits: 1 },
    ],
    rows: subjects.map(({ name }) => {
      const heads = samples(`${name}, head`)
      const own = samples(name).map((ns, i) => ns - (heads[i] ?? Number.NaN))
      return { name, ns: median(own), ratio: median(ratios(own, samples("floor"))) }
    }),
  }
}

function checkSubject(
  name: string,
  guard: Guard,
  connection: Connection,
  path: string,
  key: string | undefined,
): Subject {
  return {
    name,
    run: (calls) => {
      for (let call = 0; call < calls; call++) {
        const head = headOf(path, key)
        const verdict = guard.check({ now: Date.now(), connection, head })
        if (verdict instanceof Promise || verdict._tag !== "Allow") throw new Error(name)
      }
    },
  }
}

/** What the fresh texts of a request cost, which a parser makes in a server. */
function headSubject(name: string, path: string, key: string | undefined): Subject {
  return {
    name,
    run: (calls) => {
      for (let call = 0; call < calls; call++) made.head = headOf(path, key)
    },
  }
}

const made: { head: ReturnType<typeof headOf> | undefined } = { head: undefined }

function headOf(path: string, key: string | undefined) {
  const host = fresh("localhost:8443")
  const authorization = key === undefined ? undefined : fresh(`Bearer ${key}`)
  return {
    method: "GET",
    target: fresh(path),
    authority: host,
    header: (name: string) => (name === "host" ? host : authorization),
  }
}

function fresh(text: string): string {
  return Buffer.from(text, "latin1").toString("latin1")
}
