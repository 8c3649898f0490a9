import {
  type Authority,
  createAuthority,
  type Issued,
  type KeyKind,
  sharedKey,
} from "@countersign/pki"

export const kinds = ["P-256", "RSA-2048", "Ed25519"] as const satisfies readonly KeyKind[]

export interface Chain {
  readonly leaf: Issued
  readonly intermediate: Issued
}

/** Chains of a leaf and an intermediate below one root, no two with a certificate in common. */
export async function chainsOf(
  kind: KeyKind,
  count: number,
): Promise<{ readonly root: Authority; readonly chains: readonly Chain[] }> {
  const root = await createAuthority({ name: `${kind} root`, key: kind })
  // An RSA key takes a tenth of a second; that leaves share one changes nothing for who checks them.
  const leafKey = await sharedKey(kind)
  const chains: Chain[] = []
  for (let i = 0; i < count; i++) {
    const intermediate = await root.issueAuthority({ name: `${kind} issuer ${i}`, key: kind })
    const leaf = await intermediate.issue({ name: `client ${i}`, key: leafKey })
    chains.push({ leaf, intermediate })
  }
  return { root, chains }
}
