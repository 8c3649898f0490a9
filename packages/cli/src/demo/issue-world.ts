import {
  type Authority,
  createAuthority,
  type Issued,
  selfSigned,
  sharedKey,
} from "@countersign/pki"
import { OperatorError } from "../terminal.ts"
import type { World } from "./scenario-file.ts"

const DAY = 86_400_000

/** Everybody's certificates and keys, made anew for one run and held in memory only. */
export interface Identities {
  readonly certificates: ReadonlyMap<string, Issued>
  /** Signs the servers' certificate, as the clients know. */
  readonly serverAuthority: Issued
  readonly server: Issued
}

/** Issues the certificates of a world; authorities first, so that they can sign. */
export async function issueWorld(world: World, now: number): Promise<Identities> {
  const serverAuthority = await createAuthority({ name: "demo servers" })
  const domains = Object.values(world.apis).flatMap(({ domain }) => domain ?? [])
  const server = await serverAuthority.issue({
    name: "demo server",
    usage: "server",
    san: [{ ip: "127.0.0.1" }, "localhost", ...domains],
  })
  const entries = Object.entries(world.certificates)
  const authorities = new Map<string, Authority>()
  for (const [name, { authority }] of entries) {
    if (authority === true) authorities.set(name, await createAuthority({ name }))
  }
  const issued = entries.map(async ([name, certificate]): Promise<[string, Issued]> => {
    const authority = authorities.get(name)
    return [name, authority ?? (await issue(name, certificate, authorities, now))]
  })
  return { certificates: new Map(await Promise.all(issued)), serverAuthority, server }
}

async function issue(
  name: string,
  { issuer, validity, key = "P-256" }: World["certificates"][string],
  authorities: ReadonlyMap<string, Authority>,
  now: number,
): Promise<Issued> {
  const options = {
    name,
    key: await sharedKeyOrNew(key),
    ...(validity !== undefined && {
      validity: {
        notBefore: now + validity.fromDays * DAY,
        notAfter: now + validity.toDays * DAY,
      },
    }),
  }
  if (issuer === undefined) return selfSigned(options)
  const authority = authorities.get(issuer)
  if (authority === undefined) {
    throw new OperatorError(`scenarios: the issuer \`${issuer}\` of \`${name}\` is no authority`)
  }
  return authority.issue(options)
}

/** RSA keys take a tenth of a second each: there is one of a kind. */
async function sharedKeyOrNew(kind: "P-256" | "RSA-2048") {
  return kind === "P-256" ? kind : await sharedKey(kind)
}
