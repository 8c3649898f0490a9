import { type Authority, createAuthority, type Issued, selfSigned } from "@countersign/pki"
import {
  prepareRevocationLists,
  type RevocationLists,
  readPemRevocationLists,
  readRevocationList,
} from "@countersign/x509/revocation"

export const leafNames = [
  "alice",
  "mallory",
  "direct",
  "indirect",
  "serverOnly",
  "impostor",
  "expired",
  "future",
] as const

export type LeafName = (typeof leafNames)[number]
export type CertificateName = LeafName | "root" | "intermediate" | "otherRoot"

/** `coming`: the root revokes `direct`, in an hour and for two days; `both`: it has done so already. */
type ListName = "coming" | "both"

export interface Certificates extends Readonly<Record<CertificateName, Issued>> {
  readonly lists: Readonly<Record<ListName, RevocationLists>>
  /** PEM of the list that is in force. */
  readonly listPem: string
}

export const now: number = Date.UTC(2030, 0, 1)
export const HOUR = 3_600_000
export const DAY: number = 24 * HOUR

/** Made once for all laws: issuing takes longer than deciding a thousand times. */
export function certificates(): Promise<Certificates> {
  made ??= issue()
  return made
}

let made: Promise<Certificates> | undefined

/** `impostor` says of itself what `direct` says, and another authority signed it. */
async function issue(): Promise<Certificates> {
  const root = await createAuthority({ name: "Root" })
  const otherRoot = await createAuthority({ name: "Root" })
  const intermediate = await root.issueAuthority({ name: "Intermediate" })
  const within = (from: number, to: number) => ({
    validity: { notBefore: now + from * DAY, notAfter: now + to * DAY },
  })
  const [alice, mallory, direct, indirect, serverOnly, impostor, expired, future] =
    await Promise.all([
      selfSigned({ name: "alice", ca: false }),
      selfSigned({ name: "alice", ca: false }),
      root.issue({ name: "direct" }),
      intermediate.issue({ name: "indirect" }),
      root.issue({ name: "server only", usage: "server" }),
      otherRoot.issue({ name: "direct" }),
      root.issue({ name: "expired", ...within(-9, -1) }),
      root.issue({ name: "future", ...within(1, 9) }),
    ])
  return {
    ...{ alice, mallory, direct, indirect, serverOnly, impostor, expired, future },
    ...{ root, intermediate, otherRoot },
    ...(await listsOf(root, direct)),
  }
}

async function listsOf(
  root: Authority,
  revoked: Issued,
): Promise<Pick<Certificates, "lists" | "listPem">> {
  const pemOf = async (from: number, to: number): Promise<string> => {
    const revocations = { revoked: [{ certificate: revoked }] }
    const { pem } = await root.crl({ thisUpdate: now + from, nextUpdate: now + to, ...revocations })
    return pem
  }
  const [coming, present] = await Promise.all([pemOf(HOUR, 2 * DAY + HOUR), pemOf(-DAY, DAY)])
  return {
    lists: { coming: prepared(coming), both: prepared(coming + present) },
    listPem: present,
  }
}

function prepared(pem: string): RevocationLists {
  const lists = readPemRevocationLists(pem).lists.map((der) => readRevocationList(der))
  return prepareRevocationLists(lists.filter((list) => list._tag !== "Malformed"))
}
