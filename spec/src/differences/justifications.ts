import type { AdvisoryClass } from "../advisory-classes.ts"

const flag =
  "The operator switched `boundCertificateSatisfiesAllowList` on, and the presented token is bound to L, which is proven, in its time and stored."
const ignored = `${flag} It does not look at the token and so does not find the binding.`
const unread = `${flag} It reads no bindings and so does not find this one.`
const inForce =
  "The presented token is bound to L, and its session is in force: that is the session the client asks for. That L has a second session, which may not be used here, takes nothing from it."

/** Why we allow what a weak gateway denies: by class, and by the reason with which it denies. */
export const justifications: Readonly<
  Partial<Record<AdvisoryClass, Readonly<Record<string, string>>>>
> = {
  "purpose-ignored": {
    "mtls.cert_not_allowed":
      "The certificate is for client authentication (RFC 5280 §4.2.1.12), which is what it is used for. It asks for the purpose of servers.",
  },
  "chain-not-verified": {
    "mtls.cert_not_allowed":
      "The chain is a valid path through an intermediate (RFC 5280 §6). It knows only issuers that signed the leaf themselves.",
  },
  "token-and-certificate-apart": {
    "auth.cert_mismatch":
      "The presented token is bound to L, which is proven, in its time and stored: both speak of one caller. It looks for a session of L alone and finds none.",
    "auth.key_inactive": inForce,
    "auth.key_expired": inForce,
    "auth.access_denied": inForce,
    "mtls.cert_not_allowed": ignored,
    "auth.cert_expired": `${ignored} What is late is the path to an authority, not L.`,
    "auth.cert_not_yet_valid": `${ignored} What is early is the path to an authority, not L.`,
    "mtls.revocation_unknown": `${ignored} The unknown status is that of a path, which the binding replaces; a leaf that is known to be revoked is refused.`,
  },
  "stolen-token": {
    "mtls.cert_not_allowed": unread,
    "auth.cert_expired": `${unread} What is late is the path to an authority, not L.`,
    "auth.cert_not_yet_valid": `${unread} What is early is the path to an authority, not L.`,
    "mtls.revocation_unknown": `${unread} The unknown status is that of a path, which the binding replaces; a leaf that is known to be revoked is refused.`,
  },
}
