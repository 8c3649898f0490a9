/**
 * The rule that every engine expresses: a token that is bound to certificates, on an API with an
 * allow list. Each reads these facts, which are made before the clock starts.
 *
 * @typedef {object} Facts
 * @property {boolean} tls
 * @property {boolean} hostAgrees TLS server name and HTTP host agree
 * @property {string} leaf SHA-256 of the presented certificate, hexadecimal
 * @property {number} now epoch milliseconds
 * @property {number} notBefore of the certificate
 * @property {number} notAfter of the certificate
 * @property {number} sinceNotBefore now - notBefore, for engines that cannot compare two facts
 * @property {number} untilNotAfter notAfter - now
 * @property {boolean} enrolled the certificate store holds the certificate
 * @property {string} org of the token's session
 * @property {boolean} active
 * @property {number} expiresAt epoch milliseconds
 * @property {number} untilExpiry expiresAt - now
 * @property {readonly string[]} apis that the session may use
 * @property {readonly string[]} bindings SHA-256 of the certificates that the token works with
 *
 * @typedef {object} Rule
 * @property {string} api
 * @property {string} org
 * @property {readonly string[]} leaves the allow list
 *
 * @typedef {object} Peer
 * @property {string} name
 * @property {boolean} isAsync
 * @property {(facts: Facts) => () => boolean | Promise<boolean>} prepare
 *   does what can be done before a request is known to be allowed; the result decides it
 */
export {}
