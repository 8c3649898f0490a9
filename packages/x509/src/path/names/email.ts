import { isHostName, isWithin } from "./dns.ts"

/** A mailbox; the local part keeps its case, the host is in lower case (RFC 5280 §7.5). */
export interface Mailbox {
  readonly local: string
  readonly host: string
}

const dotAtom = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}$/

/** Reads `local@host`; quoted local parts are not read, because they can spell one mailbox in two ways. */
export function readMailbox(text: string): Mailbox | undefined {
  const at = text.indexOf("@")
  const local = text.slice(0, at)
  const host = text.slice(at + 1).toLowerCase()
  if (at < 1 || !dotAtom.test(local) || !isHostName(host)) return undefined
  return { local, host }
}

/** What an e-mail constraint describes (RFC 5280 §4.2.1.10): one mailbox, all of a host, or all hosts below a domain. */
export type EmailConstraint =
  | { readonly _tag: "Mailbox"; readonly mailbox: Mailbox }
  | { readonly _tag: "Host"; readonly host: string }
  | { readonly _tag: "Below"; readonly domain: string }

export function readEmailConstraint(text: string): EmailConstraint | undefined {
  if (text.includes("@")) {
    const mailbox = readMailbox(text)
    return mailbox && { _tag: "Mailbox", mailbox }
  }
  const lower = text.toLowerCase()
  const host = lower.startsWith(".") ? lower.slice(1) : lower
  if (!isHostName(host)) return undefined
  return lower.startsWith(".") ? { _tag: "Below", domain: host } : { _tag: "Host", host }
}

export function matchesEmail(mailbox: Mailbox, constraint: EmailConstraint): boolean {
  switch (constraint._tag) {
    case "Mailbox":
      return mailbox.local === constraint.mailbox.local && mailbox.host === constraint.mailbox.host
    case "Host":
      return mailbox.host === constraint.host
    case "Below":
      return mailbox.host !== constraint.domain && isWithin(mailbox.host, constraint.domain)
  }
}
