/** Why an authority takes a certificate back, and the code of each reason (RFC 5280 §5.3.1). */
export const revocationReasons = {
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  privilegeWithdrawn: 9,
} as const satisfies Readonly<Record<string, number>>

export type RevocationReason = keyof typeof revocationReasons
