import type { connectionClasses } from "../states/dimensions.ts"
import type { Class, ConnectionState } from "../states/state.ts"
import { type Names, test } from "./names.ts"

/** What a client shows beside the facts of a state, and what the strict side sees of it. */
interface Evidence {
  readonly name: string
  /** What the strict side sees of it; the state says the same. */
  readonly seen: string
  readonly fits: Names<typeof connectionClasses>
  /** Whether L has a path to an anchor of the policy; either, if it is not said. */
  readonly path?: boolean
}

const peer = { transport: "peer" } as const

/** The dimension that abstract states lack: the engine never sees it. The first class is plain. */
export const evidences = [
  { name: "nothing else", seen: "all of it", fits: {} },
  {
    name: "the other certificate, sent after L",
    seen: "L alone: what is sent after the leaf is material for paths",
    fits: peer,
  },
  {
    name: "an authority's certificate, sent after L",
    seen: "L alone: what is sent after the leaf is material for paths",
    fits: peer,
  },
  {
    name: "L without proof of its key",
    seen: "no certificate: TLS proves the leaf's key, or there is no leaf",
    fits: { transport: "bare" },
  },
  {
    name: "a header that carries the other certificate",
    seen: "the connection's own certificate: no header is read",
    fits: {},
  },
  {
    name: "the other certificate's name, in L",
    seen: "L's fingerprint: no rule reads a name",
    fits: peer,
  },
  {
    name: "a text in L that reads like the other's",
    seen: "L's fingerprint, compared as eight numbers",
    fits: peer,
  },
  {
    name: "a chain for servers alone",
    seen: "no path: a path is one for client authentication",
    fits: peer,
    path: false,
  },
  {
    name: "a chain through an issuer that is no authority",
    seen: "no path: RFC 5280 asks every issuer for the right to issue",
    fits: peer,
    path: false,
  },
  {
    name: "a chain whose signatures fail",
    seen: "no path: every signature on a path is verified",
    fits: peer,
    path: false,
  },
  {
    name: "a chain through an intermediate",
    seen: "the path: what is sent after the leaf may complete it",
    fits: peer,
    path: true,
  },
  {
    name: "a chain for clients alone",
    seen: "the path: client authentication is what it is for",
    fits: peer,
    path: true,
  },
  {
    name: "a session resumed from a handshake that admitted L",
    seen: "the facts of this request: a resumed connection is decided anew",
    fits: peer,
  },
] as const satisfies readonly Evidence[]

export type EvidenceName = (typeof evidences)[number]["name"]

export function evidenceNamed(name: EvidenceName): Class {
  return evidences.findIndex((one) => one.name === name)
}

const tests = evidences.map((one: Evidence) => ({
  path: one.path,
  is: test("connection", one.fits),
}))

/** Whether a connection can come with this evidence. */
export function fits(evidence: Class, connection: ConnectionState): boolean {
  const one = tests[evidence]
  if (one === undefined) throw new RangeError("not a class of evidence")
  if (!one.is(connection)) return false
  const [ours] = [0]
  const pathed = connection.paths.some(({ anchor }) => anchor === ours)
  return one.path === undefined || one.path === pathed
}
