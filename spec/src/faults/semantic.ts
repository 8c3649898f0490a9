import type { Edit } from "./mutant.ts"

/** A fault that somebody could make while the code still reads well. */
export interface SemanticFault {
  readonly what: string
  readonly file: string
  /** Each text occurs exactly once in the file. */
  readonly changes: readonly (readonly [text: string, instead: string])[]
}

/** The edit of one semantic fault: the whole file. `undefined` if a text does not occur exactly once. */
export function semanticEdit(fault: SemanticFault, source: string): Edit | undefined {
  let text = source
  for (const [before, instead] of fault.changes) {
    if (text.split(before).length !== 2) return undefined
    text = text.replace(before, () => instead)
  }
  return { from: 0, to: source.length, text, what: fault.what }
}

const admit = "rules/admit.ts"
const identify = "rules/identify.ts"
const bind = "rules/bind.ts"
const check = "rules/check.ts"
const leaf = "rules/leaf.ts"

const tlsRule = `  if (!holds(trace, "admit.tls", request.connection._tag === "tls")) return tlsRequired\n`
const hostRule = `  if (!holds(trace, "admit.host", request.hostAgrees === true)) return misdirected\n`
const listedRule = `  if (holds(trace, "admit.listed", listed)) return "allow_list"\n`
const activeRule = `  if (!holds(trace, "check.active", session.active === true, session)) return keyInactive\n`
const expiryRule = `  if (!holds(trace, "check.unexpired", unexpired, session)) return keyExpired\n`

const admission: readonly SemanticFault[] = [
  {
    what: "asks for the host before TLS",
    file: admit,
    changes: [[tlsRule + hostRule, hostRule + tlsRule]],
  },
  {
    what: "asks for the certificate before the host",
    file: admit,
    changes: [
      [hostRule, ""],
      [
        "  const usable = contains(peer.leaf.validity, now) && !isRevoked(policy, peer)\n",
        `${hostRule}  const usable = contains(peer.leaf.validity, now) && !isRevoked(policy, peer)\n`,
      ],
    ],
  },
  {
    what: "names the path before the listing",
    file: admit,
    changes: [
      [listedRule, ""],
      [
        `  if (holds(trace, "admit.path", path)) return "trust_path"\n`,
        `  if (holds(trace, "admit.path", path)) return "trust_path"\n${listedRule}`,
      ],
    ],
  },
  {
    what: "admits a listed leaf at any time",
    file: admit,
    changes: [
      ["const listed = usable && isListed", "const listed = !isRevoked(policy, peer) && isListed"],
    ],
  },
  {
    what: "admits a listed leaf that is revoked",
    file: admit,
    changes: [
      [
        "const listed = usable && isListed",
        "const listed = contains(peer.leaf.validity, now) && isListed",
      ],
    ],
  },
  {
    what: "takes any authority for one of the list",
    file: admit,
    changes: [["return list.anchors.has(path.anchor) && contains", "return contains"]],
  },
  {
    what: "matches any certificate of the path, not the leaf alone",
    file: admit,
    changes: [
      [
        "usable && isListed",
        "usable && [peer.leaf.sha256, ...peer.paths.map((path) => path.anchor)].some((one) => list.leaves.has(one))",
      ],
    ],
  },
  {
    what: "takes a leaf for its own authority",
    file: admit,
    changes: [
      [
        "usable && isListed",
        "usable && (list.leaves.has(peer.leaf.sha256) || list.anchors.has(peer.leaf.sha256))",
      ],
    ],
  },
  {
    what: "asks the last path alone",
    file: admit,
    changes: [
      [
        "for (const path of paths) if (pathAdmits",
        "for (const path of paths.slice(-1)) if (pathAdmits",
      ],
    ],
  },
  {
    what: "looks for revocation on the paths to the list alone",
    file: admit,
    changes: [
      [
        "  return peer.paths.some(({ revocation: { status } }) =>",
        '  const { staticMtls } = policy\n  return peer.paths.filter((path) => staticMtls !== "off" && staticMtls.anchors.has(path.anchor)).some(({ revocation: { status } }) =>',
      ],
    ],
  },
  {
    what: "takes an unknown status for good under hard",
    file: admit,
    changes: [[`revocation.status === "good" && atMost`, "atMost"]],
  },
  {
    what: "takes stale news for good under hard",
    file: admit,
    changes: [[" && atMost(instantOf(now), revocation.freshUntil)", ""]],
  },
  {
    what: "lets the session of the certificate pass the list too",
    file: admit,
    changes: [[` || caller.sessionBy !== "token"`, ""]],
  },
  {
    what: "answers with Identify's denial where the flag does not admit",
    file: admit,
    changes: [
      [
        `  holds(trace, "admit.refused", false)\n`,
        `  if (policy.flags.boundCertificateSatisfiesAllowList && policy.identity._tag === "authToken") {\n    const caller: Caller = { session: undefined, sessionBy: undefined, leafBy: undefined }\n    const refusal = identify(policy, policy.identity, request, now, caller, undefined)\n    if (refusal !== undefined) return refusal\n  }\n  holds(trace, "admit.refused", false)\n`,
      ],
    ],
  },
  {
    what: "reports the first path, not the one that ends last",
    file: admit,
    changes: [["paths.reduce(lastEnding)", "paths.slice(0, 1).reduce(lastEnding)"]],
  },
  {
    what: "reports a path to any authority",
    file: admit,
    changes: [["if (anchors.has(path.anchor)) reaching", "reaching"]],
  },
  {
    what: "reports the revocation before the leaf's time",
    file: admit,
    changes: [
      ["  if (isRevoked(policy, peer)) return revoked\n", ""],
      [
        "  if (!contains(peer.leaf.validity, now)) return leafOutOfTime",
        "  if (isRevoked(policy, peer)) return revoked\n  if (!contains(peer.leaf.validity, now)) return leafOutOfTime",
      ],
    ],
  },
]

const identification: readonly SemanticFault[] = [
  {
    what: "ignores the organisation of a token",
    file: identify,
    changes: [["  if (session.orgId !== policy.orgId) return otherOrganisation\n", ""]],
  },
  {
    what: "asks for the secret before the organisation",
    file: identify,
    changes: [
      ["  if (session.orgId !== policy.orgId) return otherOrganisation\n", ""],
      [
        "  caller.leafBy ??= leafBy\n",
        "  if (session.orgId !== policy.orgId) return otherOrganisation\n  caller.leafBy ??= leafBy\n",
      ],
    ],
  },
  {
    what: "takes a key of public data for a secret",
    file: identify,
    changes: [["session.secret === true", "session.secret !== undefined"]],
  },
  {
    what: "takes a key of public data for a secret on APIs without certificate",
    file: identify,
    changes: [
      [
        '  const refusal = unknown(policy, request, now, token, caller)\n  if (!holds(trace, "identify.known", refusal === undefined, token.session)) return refusal\n',
        '  const found = unknown(policy, request, now, token, caller)\n  const refusal = found === computableToken ? undefined : found\n  if (!holds(trace, "identify.known", refusal === undefined, token.session)) return refusal\n',
      ],
    ],
  },
  {
    what: "falls back to the token where the certificate has no session",
    file: identify,
    changes: [
      [
        "    return certificateUnknown\n",
        '    if (token === "none") return certificateUnknown\n    caller.session = token.session\n    caller.sessionBy = "token"\n    return undefined\n',
      ],
    ],
  },
  {
    what: "prefers the session of the token to that of the certificate",
    file: identify,
    changes: [
      [`token === "none" || token.session?.id === session.id`, "true"],
      [
        `  caller.session = session\n  caller.sessionBy = "certificate"`,
        `  caller.session = token === "none" ? session : token.session\n  caller.sessionBy = "certificate"`,
      ],
    ],
  },
  {
    what: "compares records as objects, not by their ids",
    file: identify,
    changes: [["token.session?.id === session.id", "token.session === session"]],
  },
  {
    what: "lets the unsafe flag forgive a token that disagrees",
    file: identify,
    changes: [
      [
        `const agrees = token === "none" ||`,
        `const agrees = token === "none" || policy.flags.allowDynamicMtlsTokenAuth ||`,
      ],
    ],
  },
  {
    what: "lets the unsafe flag take the token beside any certificate",
    file: identify,
    changes: [
      [
        "  if (presented && peer !== undefined) {",
        `  const alone = policy.flags.allowDynamicMtlsTokenAuth && request.credentials.authToken !== "none"\n  if (presented && peer !== undefined && !alone) {`,
      ],
    ],
  },
  {
    what: "looks at the token before the time of the certificate",
    file: identify,
    changes: [
      [
        `  if (!holds(trace, "identify.valid", contains(leaf.validity, now))) {\n    return leafOutOfTime(leaf.validity, now)\n  }\n`,
        "",
      ],
      [
        `  const session = certificateSession(policy, request, leaf)\n`,
        `  if (!holds(trace, "identify.valid", contains(leaf.validity, now))) {\n    return leafOutOfTime(leaf.validity, now)\n  }\n  const session = certificateSession(policy, request, leaf)\n`,
      ],
    ],
  },
  {
    what: "asks for the enrolment before the token agrees",
    file: identify,
    changes: [
      [`  if (!holds(trace, "identify.agrees", agrees, session)) return tokenDisagrees\n`, ""],
      [
        "    return notEnrolled\n  }\n",
        `    return notEnrolled\n  }\n  if (!holds(trace, "identify.agrees", agrees, session)) return tokenDisagrees\n`,
      ],
    ],
  },
  {
    what: "reads the auth token where a JWT is asked for",
    file: identify,
    changes: [
      [
        `return byToken(policy, request, now, jwt, caller, "jwt", trace)`,
        `return byToken(policy, request, now, request.credentials.authToken, caller, "jwt", trace)`,
      ],
    ],
  },
  {
    what: "names a leaf that the unsafe flag did not ask for",
    file: identify,
    changes: [
      [
        "  caller.session = token.session\n  caller.sessionBy = by\n",
        `  caller.session = token.session\n  caller.sessionBy = by\n  if (presentedPeer(request)) caller.leafBy ??= "certificate"\n`,
      ],
    ],
  },
  {
    what: "trusts a stale holder",
    file: leaf,
    changes: [["  if (!sameFingerprint(holder.leaf, leaf.sha256)) return undefined\n", ""]],
  },
  {
    what: "trusts the enrolment of another leaf",
    file: leaf,
    changes: [[" &&\n    sameFingerprint(holder.leaf, leaf.sha256)", ""]],
  },
  {
    what: "trusts the enrolment of another organisation",
    file: leaf,
    changes: [["    holder.orgId === policy.orgId &&\n", ""]],
  },
  {
    what: "takes the session of another organisation for the certificate's",
    file: leaf,
    changes: [["session === undefined || session.orgId !== policy.orgId", "session === undefined"]],
  },
  {
    what: "takes a session that does not name the leaf for the certificate's",
    file: leaf,
    changes: [["return names(session, leaf) ? session : undefined", "return session"]],
  },
  {
    what: "takes a session that binds the leaf for the certificate's",
    file: leaf,
    changes: [
      [
        "return names(session, leaf) ? ",
        "return names(session, leaf) || isBound(session, leaf) ? ",
      ],
    ],
  },
]

const binding: readonly SemanticFault[] = [
  {
    what: "skips binding where there is no allow list",
    file: bind,
    changes: [
      [
        "certificateTokenBinding !== false && ",
        `certificateTokenBinding !== false && policy.staticMtls !== "off" && `,
      ],
    ],
  },
  {
    what: "skips binding where there is an allow list",
    file: bind,
    changes: [
      [
        "certificateTokenBinding !== false && ",
        `certificateTokenBinding !== false && policy.staticMtls === "off" && `,
      ],
    ],
  },
  {
    what: "binds auth tokens alone",
    file: bind,
    changes: [
      [
        "certificateTokenBinding !== false && ",
        `certificateTokenBinding !== false && mechanism._tag !== "jwt" && `,
      ],
    ],
  },
  {
    what: "binds only who presents a certificate",
    file: bind,
    changes: [
      [
        "certificateTokenBinding !== false && ",
        `certificateTokenBinding !== false && presentedPeer(request) !== undefined && `,
      ],
    ],
  },
  {
    what: "does not bind a session that the certificate identified",
    file: bind,
    changes: [
      [
        "certificateTokenBinding !== false && ",
        `certificateTokenBinding !== false && caller.sessionBy !== "certificate" && `,
      ],
    ],
  },
  {
    what: "takes the certificate that a session names for a bound one",
    file: bind,
    changes: [
      [
        "import { isBound, isEnrolled, presentedPeer }",
        "import { isBound, isEnrolled, names, presentedPeer }",
      ],
      [
        `"bind.listed", isBound(session, leaf)`,
        `"bind.listed", isBound(session, leaf) || names(session, leaf)`,
      ],
    ],
  },
  {
    what: "takes an empty list of bindings for none",
    file: bind,
    changes: [
      [
        "certificateTokenBinding !== false && ",
        `certificateTokenBinding !== false && session.bindings.length > 0 && `,
      ],
    ],
  },
  {
    what: "confirms only where binding is enforced",
    file: bind,
    changes: [
      [
        `isWord(token.confirmation, "none"))`,
        `isWord(token.confirmation, "none") || policy.flags.certificateTokenBinding === false)`,
      ],
    ],
  },
  {
    what: "confirms only what is not bound",
    file: bind,
    changes: [
      [
        '    caller.leafBy ??= "binding"\n',
        '    caller.leafBy ??= "binding"\n    return undefined\n',
      ],
    ],
  },
  {
    what: "confirms JWTs alone",
    file: bind,
    changes: [
      [
        `const token = mechanism._tag === "jwt" ? jwt : authToken`,
        `const token = mechanism._tag === "jwt" ? jwt : "none"`,
      ],
    ],
  },
  {
    what: "confirms the JWT on every API",
    file: bind,
    changes: [
      [
        `const token = mechanism._tag === "jwt" ? jwt : authToken`,
        'const token = mechanism._tag === "jwt" ? jwt : jwt',
      ],
    ],
  },
  {
    what: "takes a confirmation that cannot be read for none",
    file: bind,
    changes: [[`isWord(token.confirmation, "none"))`, `typeof token.confirmation === "string")`]],
  },
]

const checking: readonly SemanticFault[] = [
  {
    what: "checks the expiry before the activity",
    file: check,
    changes: [
      [activeRule, ""],
      [expiryRule, expiryRule + activeRule],
    ],
  },
  {
    what: "checks the rights before the expiry",
    file: check,
    changes: [
      [expiryRule, ""],
      [
        `  return holds(trace, "check.api", granted, session) ? undefined : accessDenied\n`,
        `  if (!holds(trace, "check.api", granted, session)) return accessDenied\n${expiryRule}  return undefined\n`,
      ],
    ],
  },
  {
    what: "takes no rights for all rights",
    file: check,
    changes: [[`isWord(apis, "all") ||`, `isWord(apis, "all") || apis.size === 0 ||`]],
  },
  {
    what: "takes an expiry of 0 for never",
    file: check,
    changes: [
      [`isWord(expiresAt, "never") ||`, `isWord(expiresAt, "never") || expiresAt === 0 ||`],
    ],
  },
  {
    what: "checks before it binds",
    file: "judge.ts",
    changes: [
      [
        "    bind(policy, mechanism, request, now, caller, session, trace) ??\n    check(policy, now, session, trace)\n",
        "    check(policy, now, session, trace) ??\n    bind(policy, mechanism, request, now, caller, session, trace)\n",
      ],
    ],
  },
  {
    what: "identifies before it admits",
    file: "judge.ts",
    changes: [
      [
        "  const admitted = admit(policy, request, now, trace)\n",
        `  if (policy.identity._tag === "authToken") {\n    const early = identify(policy, policy.identity, request, now, newCaller(undefined), undefined)\n    if (early !== undefined) return early\n  }\n  const admitted = admit(policy, request, now, trace)\n`,
      ],
    ],
  },
  {
    what: "lets an admitted certificate stand in for the token",
    file: "judge.ts",
    changes: [
      [
        `if (identity._tag === "keyless") return`,
        `if (identity._tag === "keyless" || admitted !== undefined) return`,
      ],
    ],
  },
  {
    what: "binds and checks the last session of a group alone",
    file: "judge.ts",
    changes: [
      [
        "  for (const mechanism of group) {\n    const refusal = authenticate(policy, mechanism, request, now, caller, trace)",
        "  for (const mechanism of group) {\n    const refusal = mechanism === group.at(-1) ? authenticate(policy, mechanism, request, now, caller, trace) : identify(policy, mechanism, request, now, caller, trace)",
      ],
    ],
  },
  {
    what: "lets one mechanism of a group suffice",
    file: "judge.ts",
    changes: [
      ["  for (const mechanism of group) {", "  for (const mechanism of group.slice(0, 1)) {"],
    ],
  },
  {
    what: "carries the caller from one group to the next",
    file: "judge.ts",
    changes: [
      [
        "  let last: Refusal = fault\n",
        "  let last: Refusal = fault\n  const shared = newCaller(admitted)\n",
      ],
      ["request, now, newCaller(admitted), trace)", "request, now, shared, trace)"],
    ],
  },
  {
    what: "answers with the first group's denial",
    file: "judge.ts",
    changes: [["if (!allowed) last = outcome", "if (!allowed && last === fault) last = outcome"]],
  },
  {
    what: "allows where no group denied",
    file: "judge.ts",
    changes: [["  return last\n", "  return last === fault ? newCaller(admitted) : last\n"]],
  },
]

const data: readonly SemanticFault[] = [
  {
    what: "rounds time up",
    file: "rules/time.ts",
    changes: [["Math.floor(now / SECOND)", "Math.ceil(now / SECOND)"]],
  },
  {
    what: "does not round time",
    file: "rules/time.ts",
    changes: [["Math.floor(now / SECOND)", "now / SECOND"]],
  },
  {
    what: "compares the first word of a fingerprint",
    file: "fingerprint.ts",
    changes: [["(Number(a[0]) ^ Number(b[0])) |", "(Number(a[0]) ^ Number(b[0])) | 0 &"]],
  },
  {
    what: "compares all words of a fingerprint but the last",
    file: "fingerprint.ts",
    changes: [[" |\n    (Number(a[7]) ^ Number(b[7]))", ""]],
  },
  {
    what: "joins the differences of a fingerprint so that they cancel",
    file: "fingerprint.ts",
    changes: [["(Number(a[6]) ^ Number(b[6])) |", "(Number(a[6]) ^ Number(b[6])) &"]],
  },
  {
    what: "allows where it cannot decide",
    file: "decide.ts",
    changes: [
      [
        "    return faultVerdict\n",
        '    return { _tag: "Allow", identity: { session: undefined, sessionBy: undefined, leaf: undefined, leafBy: undefined }, obligations: [] }\n',
      ],
    ],
  },
  {
    what: "names every leaf that is presented",
    file: "decide.ts",
    changes: [
      [
        "leafBy === undefined ? undefined : nameOf(presentedPeer(request)?.leaf.sha256.hex)",
        "presentedPeer(request)?.leaf.sha256.hex",
      ],
    ],
  },
  {
    what: "takes the peer of a connection without TLS",
    file: "rules/leaf.ts",
    changes: [
      [
        '  if (connection._tag === "plain") return undefined\n',
        '  if (connection._tag === "plain") return (connection as { peer?: Peer }).peer\n',
      ],
    ],
  },
  {
    what: "takes a peer of the wrong shape for no peer",
    file: "rules/leaf.ts",
    changes: [
      [
        `  throw new TypeError("the connection says neither who its peer is nor that it has none")`,
        "  return undefined",
      ],
    ],
  },
  {
    what: "takes an empty allow list for none",
    file: "policy.ts",
    changes: [
      [
        `staticMtls === "off" ? "off" :`,
        `staticMtls === "off" || staticMtls?.leaves?.length === 0 ? "off" :`,
      ],
    ],
  },
  {
    what: "takes an empty list of rights for all",
    file: "session.ts",
    changes: [
      [`apis: apis === "all" ? "all" :`, `apis: apis === "all" || apis.length === 0 ? "all" :`],
    ],
  },
  {
    what: "takes an empty list of bindings for none, in the record",
    file: "session.ts",
    changes: [
      [`bindings === "none" ? "none" :`, `bindings === "none" || bindings.length === 0 ? "none" :`],
    ],
  },
  {
    what: "says the first rule that did not hold",
    file: "explain.ts",
    changes: [["steps.findLast(", "steps.find("]],
  },
  {
    what: "tells the text of a token",
    file: "explain/facts.ts",
    changes: [
      [
        `jwt: credentials.jwt === "none" ? "none" : "presented"`,
        `jwt: typeof credentials.jwt === "string" ? credentials.jwt : "presented"`,
      ],
    ],
  },
]

/** Written by hand: orders swapped, comparisons forgotten, one fact taken for another. */
export const semanticFaults: readonly SemanticFault[] = [
  ...admission,
  ...identification,
  ...binding,
  ...checking,
  ...data,
]
