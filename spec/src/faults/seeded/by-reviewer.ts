import type { SeededFault } from "./fault.ts"

const faults: readonly Omit<SeededFault, "by">[] = [
  {
    id: "anchor-of-one-path-time-of-another",
    sentence:
      "some path to a listed anchor and some path in time suffice, so that an authority nobody listed renews one that has expired",
    file: "packages/engine/src/rules/admit.ts",
    find: "  for (const path of paths) if (pathAdmits(policy, list, path, now)) return true\n  return false\n",
    replace: `  return (
    paths.some(({ anchor }) => list.anchors.has(anchor)) &&
    paths.some((path) => contains(path, now) && isFresh(policy, path, now))
  )
`,
  },
  {
    id: "caller-outlives-its-group",
    sentence:
      "all alternatives write to one caller, so that an Allow names the certificate whose session an earlier group refused",
    file: "packages/engine/src/judge.ts",
    find: `  for (const group of identity.groups) {
    const outcome = throughGroup(policy, group, request, now, newCaller(admitted), trace)
`,
    replace: `  const caller = newCaller(admitted)
  for (const group of identity.groups) {
    const outcome = throughGroup(policy, group, request, now, caller, trace)
`,
  },
  {
    id: "confirmation-of-the-first-token",
    sentence:
      "the confirmation is that of the first token presented, so that a stolen JWT loses its own beside any other token",
    file: "packages/engine/src/rules/bind.ts",
    find: `const token = mechanism._tag === "jwt" ? jwt : authToken`,
    replace: `const token = isWord(authToken, "none") ? jwt : authToken`,
  },
  {
    id: "certificate-id-of-the-first-organisation",
    sentence:
      "a connection keeps the leaf's id of the first organisation asked, whose store then enrols it for all others",
    file: "packages/guard/src/connection.ts",
    find: "if (this.#id?.orgId !== orgId) {",
    replace: "if (this.#id === undefined) {",
  },
  {
    id: "revocation-asked-once",
    sentence:
      "what revocation lists said is remembered as long as the chain is, so that a list which comes into force later revokes nobody",
    file: "packages/guard/src/evidence/evidence.ts",
    find: `    valid: {
      from: Math.max(complete.from, now),
      until: Math.min(complete.until, now + listsAskedEvery),
    },
`,
    replace: "    valid: complete,\n",
  },
  {
    id: "leaf-of-its-issuers-name",
    sentence:
      "name constraints spare a self-issued leaf too, so that a constrained authority lends its own name and with it any other",
    file: "packages/x509/src/path/examine.ts",
    find: "({ issuer, subject }, i) => i === 0 || issuer.key !== subject.key,",
    replace: "({ issuer, subject }) => issuer.key !== subject.key,",
  },
  {
    id: "hold-is-no-revocation",
    sentence:
      "an entry with the reason certificateHold does not revoke, so that an intermediate on hold goes on vouching",
    file: "packages/x509/src/revocation/check-revocation.ts",
    find: "entry !== undefined && entry.reason !== removeFromList && !isSuperseded",
    replace:
      "entry !== undefined && entry.reason !== removeFromList && entry.reason !== 6 && !isSuperseded",
  },
  {
    id: "escapes-routed-as-sent",
    sentence:
      "an escaped letter leads past a listen path, so that a keyless API around it answers for what the application decodes",
    file: "packages/http/src/routes.ts",
    find: "const isSame = decoded === path || (decoded !== undefined && find(index, host, decoded) === leaf)",
    replace: "const isSame = decoded !== undefined",
  },
  {
    id: "new-lists-for-new-definitions",
    sentence:
      "a reload keeps what was compiled under other revocation lists, so that a new list revokes nobody until a restart",
    file: "packages/config/src/compile-apis.ts",
    find: "    a.lists === b.lists &&\n",
    replace: "",
  },
  {
    id: "expect-continue-unguarded",
    sentence:
      "requests that expect 100-continue go unguarded to a listener for them, so that a header opens the server",
    file: "adapters/node/src/protect.ts",
    find: `  "checkContinue",\n`,
    replace: "",
  },
]

/** Faults of somebody who has seen the sources and not the laws. */
export const byReviewer: readonly SeededFault[] = faults.map((fault) => ({
  ...fault,
  by: "reviewer",
}))
