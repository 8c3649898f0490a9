import type { GeneralName } from "../../certificate/general-name.ts"
import type { Name } from "../../certificate/name.ts"
import { isDnsName } from "./dns.ts"
import { type Mailbox, readMailbox } from "./email.ts"
import { isAddress } from "./ip.ts"
import { uriHost } from "./uri.ts"

/** A name read once, so that comparing it with a thousand constraints costs a thousand comparisons and no more. */
export type ComparableName =
  | { readonly _tag: "Dns"; readonly name: string }
  | { readonly _tag: "Email"; readonly mailbox: Mailbox }
  | { readonly _tag: "Uri"; readonly host: string }
  | { readonly _tag: "Ip"; readonly octets: Uint8Array }
  | { readonly _tag: "Directory"; readonly name: Name }
  /** Its form cannot be compared; a constraint of its kind refuses it. */
  | { readonly _tag: "Unclear" }

const unclear: ComparableName = { _tag: "Unclear" }

export function comparableName(name: GeneralName): ComparableName {
  switch (name._tag) {
    case "Dns": {
      const text = name.text.toLowerCase()
      return isDnsName(text) ? { _tag: "Dns", name: text } : unclear
    }
    case "Email": {
      const mailbox = readMailbox(name.text)
      return mailbox === undefined ? unclear : { _tag: "Email", mailbox }
    }
    case "Uri": {
      const host = uriHost(name.text)
      return host === undefined ? unclear : { _tag: "Uri", host }
    }
    case "Ip":
      return isAddress(name.octets) ? { _tag: "Ip", octets: name.octets } : unclear
    case "Directory":
      return { _tag: "Directory", name: name.name }
    case "Other":
      return unclear
  }
}

/** Names meet constraints of their own kind only; kinds without a comparison are told apart by their tag number. */
export function kindOf(name: GeneralName): string {
  return name._tag === "Other" ? `Other ${name.type}` : name._tag
}
