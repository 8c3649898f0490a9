import { createAuthority, type Issued, selfSigned } from "@countersign/pki"

export const certificateNames = [
  "server",
  "C1",
  "C2",
  "C3",
  "C4",
  "C5",
  "expired",
  "future",
  "root",
  "intermediate",
  "direct",
  "indirect",
  "serverOnly",
  "otherRoot",
  "stranger",
] as const

export type CertificateName = (typeof certificateNames)[number]

/** The certificates of the suite, by name. */
export type Certificates = Readonly<Record<CertificateName, Issued>>

const day = 86_400_000

/** Cn are self-signed and no authorities, as the reference's test clients are. */
export async function createCertificates(now: number): Promise<Certificates> {
  const root = await createAuthority({ name: "Root" })
  const otherRoot = await createAuthority({ name: "Other root" })
  const intermediate = await root.issueAuthority({ name: "Intermediate" })
  const self = (name: string, from = -1, to = 1): Promise<Issued> =>
    selfSigned({
      name,
      ca: false,
      validity: { notBefore: now + from * day, notAfter: now + to * day },
    })
  const [server, C1, C2, C3, C4, C5, expired, future, direct, indirect, serverOnly] =
    await Promise.all([
      root.issue({ name: "localhost", usage: "server", san: ["localhost"] }),
      self("C1"),
      self("C2"),
      self("C3"),
      self("C4"),
      self("C5"),
      self("expired", -365, -1),
      self("future", 1, 365),
      root.issue({ name: "direct" }),
      intermediate.issue({ name: "indirect" }),
      root.issue({ name: "server only", usage: "server" }),
    ])
  const stranger = await otherRoot.issue({ name: "direct" })
  return {
    ...{ server, C1, C2, C3, C4, C5, expired, future, direct, indirect, serverOnly },
    ...{ root, intermediate, otherRoot, stranger },
  }
}
