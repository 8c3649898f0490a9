import { type Authority, createAuthority, type Issued, selfSigned } from "@countersign/pki"

/** Certificates that several tests share. */
export interface Certificates {
  readonly alice: Issued
  readonly bob: Issued
  /** As `openssl req -x509` makes one: self-signed, cA TRUE (seed S3). */
  readonly openssl: Issued
  readonly authority: Authority
  /** Signed by the authority. */
  readonly member: Issued
}

export const certificates: Certificates = await makeCertificates()

async function makeCertificates(): Promise<Certificates> {
  const authority = await createAuthority({ name: "authority" })
  const [alice, bob, openssl, member] = await Promise.all([
    selfSigned({ name: "alice", ca: false }),
    selfSigned({ name: "bob", ca: false }),
    selfSigned({ name: "openssl" }),
    authority.issue({ name: "member" }),
  ])
  return { alice, bob, openssl, authority, member }
}
