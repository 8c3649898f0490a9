/** The named parts of a file, sound ones alone; `broken` names are known, and reported where they stand. */
export interface Table {
  readonly what: string
  readonly entries: Map<string, object>
  readonly broken: Set<string>
}

export interface Tables {
  readonly policies: Table
  readonly sessions: Table
  readonly peers: Table
  readonly requests: Table
}

/** Says what is wrong at a path below the value that is resolved; nothing of a part that is reported already. */
export type Complain = (path: readonly string[], message: string | undefined) => void

/** A vector with every named part in full; what is not written as it should be is left as it stands. */
export function resolveVector(vector: unknown, tables: Tables, complain: Complain): unknown {
  if (!isRecord(vector)) return vector
  const request = part(tables.requests, vector["request"], ["request"], complain)
  return {
    ...vector,
    policy: part(tables.policies, vector["policy"], ["policy"], complain),
    request: resolveRequest(request, tables, ["request"], complain),
  }
}

/** A request with its sessions and peer in full. */
export function resolveRequest(
  request: unknown,
  tables: Tables,
  path: readonly string[],
  complain: Complain,
): unknown {
  const { sessions, peers } = tables
  const inSession = (token: unknown, at: readonly string[]): unknown =>
    within(token, "session", (session) => part(sessions, session, [...at, "session"], complain))
  const inCredential = (name: string) => (credentials: unknown) =>
    within(credentials, name, (token) => inSession(token, [...path, "credentials", name]))
  const inPeer = (connection: unknown) =>
    within(connection, "peer", (peer) =>
      part(peers, peer, [...path, "connection", "peer"], complain),
    )
  const withPeer = within(request, "connection", inPeer)
  const withToken = within(withPeer, "credentials", inCredential("authToken"))
  const withTokens = within(withToken, "credentials", inCredential("jwt"))
  return within(withTokens, "holder", (holder) => inSession(holder, [...path, "holder"]))
}

/** The same object with one member changed, if it is an object and has the member. */
function within(value: unknown, name: string, change: (member: unknown) => unknown): unknown {
  if (!isRecord(value) || !Object.hasOwn(value, name)) return value
  return { ...value, [name]: change(value[name]) }
}

function part(table: Table, value: unknown, path: readonly string[], complain: Complain): unknown {
  if (value === "none") return value
  if (typeof value === "string") return named(table, value, path, complain)
  if (!isRecord(value) || !Object.hasOwn(value, "like")) return value
  const { like, ...others } = value
  if (typeof like !== "string") {
    complain([...path, "like"], "`like` is the name of a part of this file")
    return value
  }
  return { ...named(table, like, [...path, "like"], complain), ...others }
}

function named(
  { what, entries, broken }: Table,
  name: string,
  path: readonly string[],
  complain: Complain,
): object | undefined {
  const entry = entries.get(name)
  if (entry === undefined) {
    complain(path, broken.has(name) ? undefined : `no ${what} of this file is named \`${name}\``)
  }
  return entry
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
