import type { GeneralName } from "../../certificate/general-name.ts"
import { isDnsName } from "./dns.ts"
import { readMailbox } from "./email.ts"
import { isAddress } from "./ip.ts"
import { isAbsoluteUri } from "./uri.ts"

/** What is wrong with the form of an alternative name; undefined if nothing is, or if its type has no form here. */
export function nameDefect(name: GeneralName): string | undefined {
  switch (name._tag) {
    case "Dns":
      return isDnsName(name.text.toLowerCase()) ? undefined : "not a host name"
    case "Email":
      return readMailbox(name.text) === undefined ? "not a mailbox" : undefined
    case "Uri":
      return isAbsoluteUri(name.text) ? undefined : "not an absolute URI"
    case "Ip":
      return isAddress(name.octets) ? undefined : "not an address"
    default:
      return undefined
  }
}
