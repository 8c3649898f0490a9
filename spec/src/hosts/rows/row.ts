import { answers, type Denial } from "../answers.ts"
import { type CertificateName, certificateNames } from "../certificates.ts"
import type { World } from "../world.ts"

/** One request and what must come of it on every host. */
export interface Row {
  /** Rows with a letter and a number are the reference's. */
  readonly id: string
  readonly about: string
  readonly world: World
  /** Presented in this order, the first with its key. */
  readonly certs: readonly CertificateName[]
  /** A session's name, `id:` and a certificate's name (organisation and digest), or a text. */
  readonly token: string | undefined
  readonly path: string
  readonly host: string | undefined
  readonly serverName: string | undefined
  readonly plain: boolean
  readonly expect: "Allow" | Denial
  readonly reference: Reference | undefined
}

/** What the reference asserts for the same request. */
export interface Reference {
  /** `handshake`: the connection is refused. */
  readonly status: number | "handshake"
  /** Why this differs, by its name in `differences.ts`; absent where it does not. */
  readonly because: string | undefined
}

/**
 * Reads rows in one world, a line each: id, about, certificates, token, request (path, `host:`,
 * `sni:`, `plain`), verdict, and of the reference its status and why this differs. A dash is nothing;
 * the path is that of the first API. A server name is sent as the host's unless `sni:` says another,
 * or `none`.
 */
export function rowsOf(world: World, text: string): readonly Row[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "")
  return lines.map((line) => rowOf(world, line))
}

function rowOf(world: World, line: string): Row {
  const cells = line.split("|").map((cell) => cell.trim())
  const [id = "", about = "", certs = "-", token, request = "-", expect = "", reference] = cells
  const words = request === "-" ? [] : request.split(" ")
  const after = (prefix: string): string | undefined =>
    words.find((word) => word.startsWith(prefix))?.slice(prefix.length)
  const host = after("host:")
  const serverName = after("sni:") ?? host
  const path = words.find((word) => word.startsWith("/"))
  return {
    id,
    about: about === "-" ? "" : about,
    world,
    certs: certs === "-" ? [] : certs.split(" ").map(certificateName),
    token: token === "-" ? undefined : token,
    path: path ?? world.apis[0]?.path ?? "/",
    host,
    serverName: serverName === "none" ? undefined : serverName,
    plain: words.includes("plain"),
    expect: verdictOf(expect, id),
    reference: reference === undefined ? undefined : referenceOf(reference),
  }
}

function certificateName(word: string): CertificateName {
  const name = certificateNames.find((known) => known === word)
  if (name === undefined) throw new TypeError(`no certificate has the name ${word}`)
  return name
}

function verdictOf(word: string, id: string): Row["expect"] {
  if (word === "Allow") return word
  if (!Object.hasOwn(answers, word)) throw new TypeError(`row ${id} expects ${word}`)
  return word as Denial
}

function referenceOf(cell: string): Reference {
  const [status = "", because] = cell.split(" ")
  return { status: status === "handshake" ? status : Number(status), because }
}
