import {
  type Authority,
  asAuthority,
  createAuthority,
  type Issued,
  type LeafOptions,
  nameConstraints,
  selfSigned,
  sharedKey,
} from "@countersign/pki"
import { OperatorError } from "../terminal.ts"
import type { World } from "./scenario-file.ts"
import { lookUp } from "./tokens.ts"

const DAY = 86_400_000

/** Everybody's certificates and keys, made anew for one run and held in memory only. */
export interface Identities {
  readonly certificates: ReadonlyMap<string, Issued>
  /** Revocation lists as PEM, by authority. */
  readonly revocationLists: ReadonlyMap<string, string>
  /** Signs the servers' certificate, as the clients know. */
  readonly serverAuthority: Issued
  readonly server: Issued
}

/** Issues the certificates of a world. */
export async function issueWorld(world: World, now: number): Promise<Identities> {
  const serverAuthority = await createAuthority({ name: "demo servers" })
  const domains = Object.values(world.apis).flatMap(({ domain }) => domain ?? [])
  const server = await serverAuthority.issue({
    name: "demo server",
    usage: "server",
    san: [{ ip: "127.0.0.1" }, "localhost", ...domains],
  })
  const certificates = await issueCertificates(world.certificates, now)
  const revocationLists = await issueRevocationLists(world, certificates, now)
  return { certificates, revocationLists, serverAuthority, server }
}

async function issueRevocationLists(
  { revocationLists = {} }: World,
  certificates: ReadonlyMap<string, Issued>,
  now: number,
): Promise<ReadonlyMap<string, string>> {
  const issued = Object.entries(revocationLists).map(
    async ([name, { revoked, validity }]): Promise<[string, string]> => {
      const list = await asAuthority(certificateOf(name, certificates)).crl({
        thisUpdate: now + validity.fromDays * DAY,
        nextUpdate: now + validity.toDays * DAY,
        revoked: revoked.map((one) => ({ certificate: certificateOf(one, certificates) })),
      })
      return [name, list.pem]
    },
  )
  return new Map(await Promise.all(issued))
}

function certificateOf(name: string, certificates: ReadonlyMap<string, Issued>): Issued {
  return lookUp(Object.fromEntries(certificates), name)
}

type Certificates = World["certificates"]

/** From the ends of all chains downwards. */
async function issueCertificates(
  wanted: Certificates,
  now: number,
): Promise<ReadonlyMap<string, Issued>> {
  const made = new Map<string, Issued>()
  const signers = new Map<string, Authority>()
  let waiting = Object.entries(wanted)
  while (waiting.length > 0) {
    const ready = waiting.filter(([, { issuer }]) => issuer === undefined || signers.has(issuer))
    if (ready.length === 0) throw nobodySigns(waiting)
    const issued = ready.map(async ([name, certificate]) => {
      const issuer = certificate.issuer === undefined ? undefined : signers.get(certificate.issuer)
      return { name, certificate, issued: await issue(name, certificate, issuer, now) }
    })
    for (const { name, certificate, issued: one } of await Promise.all(issued)) {
      made.set(name, one)
      const { authority = false } = certificate
      if (authority !== false) signers.set(name, asAuthority(one))
    }
    waiting = waiting.filter(([name]) => !made.has(name))
  }
  return made
}

function nobodySigns(waiting: readonly [string, Certificates[string]][]): OperatorError {
  const names = waiting.map(([name, { issuer }]) => `\`${name}\` by \`${issuer}\``).join(", ")
  return new OperatorError(`scenarios: what is to be signed by no authority: ${names}`)
}

async function issue(
  name: string,
  certificate: Certificates[string],
  issuer: Authority | undefined,
  now: number,
): Promise<Issued> {
  const { authority, names, permits, usage = "client", key = "P-256" } = certificate
  const options = {
    name,
    key: await sharedKeyOrNew(key),
    ...validityOf(certificate, now),
    ...(permits !== undefined && { extensions: [nameConstraints({ permitted: permits })] }),
  }
  if (authority === true) {
    return issuer === undefined ? createAuthority(options) : issuer.issueAuthority(options)
  }
  const named = { ...options, ...(names !== undefined && { san: names }) }
  return issuer === undefined ? selfSigned(named) : issuer.issue({ ...named, usage })
}

function validityOf(
  { validity }: Certificates[string],
  now: number,
): Pick<LeafOptions, "validity"> {
  if (validity === undefined) return {}
  const { fromDays, toDays } = validity
  return { validity: { notBefore: now + fromDays * DAY, notAfter: now + toDays * DAY } }
}

/** RSA keys take a tenth of a second each: there is one of a kind. */
async function sharedKeyOrNew(kind: "P-256" | "RSA-2048") {
  return kind === "P-256" ? kind : await sharedKey(kind)
}
