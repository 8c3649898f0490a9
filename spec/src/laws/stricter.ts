/** Where the engine is stricter than the behaviour that it learns from; each is a `design:…` of at least one law. */
export const stricter = {
  "only-the-leaf-speaks": "certificates further down the chain are path material, never a match",
  "full-path": "an authority in the list admits what has a whole path for client authentication",
  "no-tls-no-certificate": "without TLS there is no certificate",
  "both-ends": "a certificate is neither too old nor too new",
  "public-key-is-no-token":
    "a key computable from public data is no token anywhere without its certificate",
  "bound-everywhere": "a bound token is bound on every API that reads it",
  "token-and-certificate-agree": "a presented token and the certificate agree",
  "organisations-compared": "records of another organisation do not exist",
  "name-and-host-agree": "the TLS server name and the HTTP host select the same policies",
} as const satisfies Readonly<Record<string, string>>
