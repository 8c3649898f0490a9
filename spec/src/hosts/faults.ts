/** One change to an adapter that must not go unnoticed. */
export interface Fault {
  readonly name: string
  /** Within `adapters/`. */
  readonly file: string
  readonly from: string
  readonly to: string
}

export const faults: readonly Fault[] = [
  {
    name: "node skips the guard for HEAD",
    file: "node/src/pass.ts",
    from: "const verdict = judge(gate, message)",
    to: 'if (message.method === "HEAD") return enter()\n  const verdict = judge(gate, message)',
  },
  {
    name: "Fastify skips the guard for HEAD",
    file: "fastify/src/hook.ts",
    from: "if (rule === false) {",
    to: 'if (rule === false || request.raw.method === "HEAD") {',
  },
  {
    name: "Koa skips the guard for HEAD",
    file: "koa/src/middleware.ts",
    from: "const judged = judge(",
    to: 'if (ctx.method === "HEAD") return next()\n    const judged = judge(',
  },
  ...["upgrade", "connect", "checkContinue", "checkExpectation"].map((event) => ({
    name: `${event} counts as done`,
    file: "node/src/protect.ts",
    from: `"${event}"`,
    to: `"not ${event}"`,
  })),
  {
    name: "request counts as done",
    file: "node/src/protect.ts",
    from: "createGate(guard, options), () => false",
    to: "createGate(guard, options), () => true",
  },
  {
    name: "streams of HTTP/2 are guarded as requests alone",
    file: "node/src/sessions.ts",
    from: 'event !== "stream"',
    to: 'event !== ""',
  },
  {
    name: "whoever listens for requests is taken for the framework",
    file: "node/src/protect.ts",
    from: "isFrameworks = false",
    to: "isFrameworks = true",
  },
  {
    name: "the side entrances of Fastify are left alone",
    file: "fastify/src/plugin.ts",
    from: "  protectSideEntrances(",
    to: "  if (false) protectSideEntrances(",
  },
  {
    name: "the plugin takes any place",
    file: "fastify/src/plugin.ts",
    from: "  requireRoot(instance)",
    to: "",
  },
  {
    name: "a verdict outlives a rewritten target",
    file: "node/src/gate.ts",
    from: " && earlier.target === url",
    to: "",
  },
  {
    name: "a route's API is not compared",
    file: "node/src/gate.ts",
    from: "decided === api",
    to: "decided !== undefined",
  },
  {
    name: "nothing is stripped",
    file: "node/src/gate.ts",
    from: "verdict.obligations.length > 0",
    to: "verdict.obligations.length > 9",
  },
  {
    name: "a chain ends with its leaf",
    file: "node/src/chain.ts",
    from: "const MOST = 32",
    to: "const MOST = 1",
  },
  {
    name: "a connection is read for every request",
    file: "node/src/facts.ts",
    from: "if (known !== undefined) return known",
    to: "",
  },
  {
    name: "a resumed session is taken for a full handshake",
    file: "node/src/facts.ts",
    from: "const resumed = socket.isSessionReused()",
    to: "const resumed = false",
  },
  {
    name: "a resumed TLS 1.2 session has the name of the new handshake",
    file: "node/src/session-name.ts",
    from: "return key !== undefined && names.has(key) ? names.get(key) : ",
    to: "return name ?? ",
  },
  {
    name: "the server name is not told",
    file: "node/src/facts.ts",
    from: 'servername !== "" ? servername : undefined',
    to: 'servername !== "" ? undefined : undefined',
  },
  {
    name: "the first of two hosts wins",
    file: "node/src/facts.ts",
    from: "second < 0 ?",
    to: "second !== first ?",
  },
  {
    name: ":authority is ignored",
    file: "node/src/facts.ts",
    from: 'onlyValue(message.rawHeaders, ":authority")',
    to: "undefined",
  },
  {
    name: "nobody listens for errors while the store is asked",
    file: "node/src/pass.ts",
    from: '  target.on("error", ignore)',
    to: "",
  },
  {
    name: "certificates are not asked for",
    file: "node/src/server-options.ts",
    from: "requestCert: true",
    to: "requestCert: false",
  },
  {
    name: "renegotiation is let be",
    file: "node/src/server-options.ts",
    from: " | constants.SSL_OP_NO_RENEGOTIATION",
    to: "",
  },
  {
    name: "the handshake closes what a path could admit",
    file: "node/src/handshake.ts",
    from: "trust !== undefined || ",
    to: "",
  },
]
