import type { SeededFault } from "./fault.ts"

const active = `  if (!holds(trace, "check.active", session.active === true, session)) return keyInactive\n`
const expiry = `  const { expiresAt, apis } = session
  const unexpired = isWord(expiresAt, "never") || atMost(instantOf(now), expiresAt)
  if (!holds(trace, "check.unexpired", unexpired, session)) return keyExpired\n`

const faults: readonly Omit<SeededFault, "by">[] = [
  {
    id: "last-second-is-late",
    sentence: "a certificate has expired in the last second of its validity",
    file: "packages/engine/src/rules/time.ts",
    find: "notBefore <= now && now <= notAfter",
    replace: "notBefore <= now && now < notAfter",
  },
  {
    id: "binding-only-with-allow-list",
    sentence: "bindings are compared only where an allow list is on",
    file: "packages/engine/src/rules/bind.ts",
    find: "policy.flags.certificateTokenBinding !== false && ",
    replace: `policy.staticMtls !== "off" && policy.flags.certificateTokenBinding !== false && `,
  },
  {
    id: "foreign-token",
    sentence: "a session of another organisation is known",
    file: "packages/engine/src/rules/identify.ts",
    find: "  if (session.orgId !== policy.orgId) return otherOrganisation\n",
    replace: "",
  },
  {
    id: "stale-holder",
    sentence: "what the stores said of another certificate enrols this one",
    file: "packages/engine/src/rules/leaf.ts",
    find: "    holder.orgId === policy.orgId &&\n    sameFingerprint(holder.leaf, leaf.sha256)\n",
    replace: "    holder.orgId === policy.orgId\n",
  },
  {
    id: "expired-before-inactive",
    sentence: "a session that is inactive and has expired is told that it has expired",
    file: "packages/engine/src/rules/check.ts",
    find: active + expiry,
    replace: expiry + active,
  },
  {
    id: "any-presented-certificate",
    sentence: "the last certificate of the presented chain is taken for the client's",
    file: "packages/guard/src/connection.ts",
    find: "    this.leaf = encrypted === true && leaf !== undefined ? fingerprint(sha256(leaf)) : undefined",
    replace:
      "    const last = this.chain.at(-1)\n    this.leaf = encrypted && leaf && last ? fingerprint(sha256(last)) : undefined",
  },
  {
    id: "server-name-not-compared",
    sentence: "server name and host always select the same policies",
    file: "packages/http/src/host-agrees.ts",
    find: "return routes.groupOf(serverName) === routes.groupOf(host)",
    replace: "return true",
  },
  {
    id: "signatures-not-checked",
    sentence: "an issuer's name is enough, whatever its key signed",
    file: "packages/x509/src/path/examine.ts",
    find: "const verified = yield signatureCheck(certificate, issuer)",
    replace: "yield signatureCheck(certificate, issuer)\n  const verified = true",
  },
  {
    id: "one-evidence-for-every-trust",
    sentence: "what a chain proved is remembered without the anchors that it was examined under",
    file: "packages/guard/src/evidence/evidence.ts",
    find: `\${this.#generationOf(trust)}|`,
    replace: "",
  },
  {
    id: "inactive-is-what-is-true",
    sentence: "a session document whose `is_inactive` is no flag is that of an active session",
    file: "packages/config/src/sessions/session.ts",
    find: `if (inactive !== undefined && typeof inactive !== "boolean") {`,
    replace: "if (inactive === null) {",
  },
  {
    id: "koa-goes-on-after-a-denial",
    sentence: "Koa answers a denial and calls what comes after all the same",
    file: "adapters/koa/src/middleware.ts",
    find: "      ctx.body = body\n      return\n",
    replace: "      ctx.body = body\n",
  },
]

/** Faults of somebody who knows the rules and the laws. */
export const byAuthor: readonly SeededFault[] = faults.map((fault) => ({ ...fault, by: "author" }))
