import { createAuthority, type Issued, selfSigned } from "@countersign/pki"

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

export type Certificates = Readonly<Record<CertificateName, Issued>>

export const now: number = Date.UTC(2030, 0, 1)
const DAY = 86_400_000

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
  }
}
