import type { Mechanism, Policy } from "@countersign/engine"

/** What an API asks of its clients, in a few words. */
export function describePolicy({ staticMtls, identity }: Policy): string {
  const list = staticMtls === "off" ? [] : [`static mTLS (${staticMtls.leaves.size} listed)`]
  return [...list, identityText(identity)].join(", ")
}

function identityText(identity: Policy["identity"]): string {
  if (identity._tag === "keyless") return "keyless"
  if (identity._tag !== "alternatives") return mechanismText(identity)
  return identity.groups.map((group) => group.map(mechanismText).join(" and ")).join(", or ")
}

function mechanismText(mechanism: Mechanism): string {
  if (mechanism._tag === "jwt") return "JWT"
  return mechanism.certificate ? "dynamic mTLS" : "auth token"
}
