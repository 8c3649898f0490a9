import type { Policy } from "@countersign/engine"

/** How strictly revocation is checked: for every API, or by API id. No document says it. */
export type RevocationChoice = Policy["revocation"] | Readonly<Record<string, Policy["revocation"]>>

/** The mode of an API; where nobody chose, `soft` with revocation lists and `off` without. */
export function revocationMode(
  apiId: string,
  choice: RevocationChoice | undefined,
  hasLists: boolean,
): Policy["revocation"] {
  if (typeof choice === "string") return choice
  const chosen = choice !== undefined && Object.hasOwn(choice, apiId) ? choice[apiId] : undefined
  return chosen ?? (hasLists ? "soft" : "off")
}
