import type { AdvisoryClass } from "../advisory-classes.ts"

/** What an operator does whose clients relied on a weakness. */
export const remedies: Readonly<Partial<Record<AdvisoryClass, string>>> = {
  "any-presented-certificate":
    "A client sends its own certificate first and proves its key. List that certificate in `client_certificates`, or list its authority there and let the client send what lies between.",
  "forged-header":
    "Let the proxy pass TLS through, so that it ends in this process: certificates in headers are not read, whoever sent them.",
  "identity-from-unproven-name":
    "Name the certificate itself, or the authority that issues the name. At a renewal put the new certificate into `client_certificates` and into `mtls_static_certificate_bindings` before the old one goes.",
  "comparison-by-text":
    "Name certificates by their whole SHA-256 or as PEM, never by a prefix, a serial number or a subject.",
  "purpose-ignored":
    "Have the certificate issued for client authentication (extended key usage `clientAuth`, or none at all), or list the certificate itself: what is listed is not asked for its purpose.",
  "chain-not-verified":
    "List the authority at the end of the client's chain in `client_certificates` and have the client send its intermediates; or list the client's certificate itself.",
  "resumption-across-policies":
    "Nothing to set: a resumed connection is decided like a new one. Who is refused after a change is not in today's list; put it there.",
  "host-and-server-name":
    "Clients connect with the server name of the host that they ask for. APIs that are to share connections belong under one domain, or all under none.",
  "no-tls-skips-requirement":
    "Serve the API over TLS (`http_server_options.use_ssl`). Probes that cannot speak TLS get an API of their own that asks for no certificate.",
  "required-acted-as-optional":
    "Clients present their certificate. For those who have none: an API of their own without `use_mutual_tls_auth`, and tokens without `mtls_static_certificate_bindings`.",
  "token-alone":
    "Clients present their certificate. For those who cannot: a second API with `use_standard_auth` and without `use_certificate`. During a migration `security.allow_unsafe_dynamic_mtls_token` (earlier name: `allow_dynamic_mtls_token_auth`) lets tokens pass alone, computable ones too.",
  "validity-ignored":
    "Renew the certificate, and set the clocks right. Both ends count, for the leaf and for every authority above it.",
  "truthy-allows":
    "Repair the record: a date is a number. A store of your own must not answer with what it could not read.",
  "no-anchors-any-certificate":
    "Put the certificates or their authority into `client_certificates`. An API that is open to every certificate is one without `use_mutual_tls_auth`.",
  "configuration-error-opens":
    "Repair what `countersign check` reports about the list. To have no list, switch `use_mutual_tls_auth` off.",
  "revocation-not-consulted":
    "Issue a new certificate. Without lists in `crls/`, and with `--revocation off`, revocation is not asked.",
  "revocation-unknown-passes":
    "Keep the lists in `crls/` current, one for every authority; or choose `--revocation soft`, which refuses only what is known to be revoked.",
  "token-of-public-data":
    "Issue a new session under a random key, or present the session's certificate with the token. `security.allow_unsafe_dynamic_mtls_token` accepts such keys during a migration, from everybody.",
  "organisations-mixed":
    "Give the session the `org_id` of the API, and store the certificate under that organisation: one record for each organisation.",
  "stale-holder":
    "Register the session under the certificate that is used now: the session's `certificate` must name it.",
  "certificate-not-enrolled":
    "Put the certificate back into the store (`certs`), or take it out of the sessions that name it.",
  "token-and-certificate-apart":
    "Send no token beside the certificate, or one of the certificate's own session; or bind the certificate to the token (`mtls_static_certificate_bindings`). Where an Authorization header is meant for the upstream, name another header in `auth_header_name`.",
  "unreadable-binds-to-nothing":
    "To unbind a token, remove the member `mtls_static_certificate_bindings`; to bind it, list certificates there. Have a token with an unreadable confirmation issued anew.",
  "stolen-token":
    "Bind the token to every certificate that it is used with. `security.disable_certificate_token_binding` switches binding off, for all tokens.",
  "binding-only-with-allow-list":
    "Present the bound certificate on every API, also where no list asks for it; or issue a second token without bindings for the APIs that do without.",
  "confirmation-not-checked":
    "Present the certificate that the token was issued for. After a renewal have the token issued anew.",
  "empty-rule-allows":
    "Name a mechanism in every alternative, and the API in the session's `access_rights`.",
}

/** Classes that no state can show, and where they are tested instead. */
export const withoutState: Readonly<Partial<Record<AdvisoryClass, string>>> = {
  "fault-opens":
    "A state has no faults: that an error denies is a law of the engine and of the guard.",
  "answers-tell-apart":
    "It is about the bytes of an answer, not about the decision: a law compares them.",
}
