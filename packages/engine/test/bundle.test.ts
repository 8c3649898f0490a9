import { execFileSync } from "node:child_process"
import { createRequire } from "node:module"
import { fileURLToPath } from "node:url"
import { runInNewContext } from "node:vm"
import { gzipSync } from "node:zlib"
import { describe, expect, it } from "vitest"
import { alice } from "./support/given.ts"

const esbuild = createRequire(import.meta.url).resolve("esbuild/bin/esbuild")
const cwd = fileURLToPath(new URL("..", import.meta.url))

/** Bundles what `from` names, as somebody who embeds it would: for no platform in particular. */
function bundle(names: string, ...options: string[]): string {
  const input = `export { ${names} } from "./src/index.ts"`
  return execFileSync(esbuild, ["--bundle", "--platform=neutral", ...options], {
    cwd,
    input,
    encoding: "utf8",
  })
}

describe("decide, bundled alone", () => {
  const code = bundle("decide", "--minify", "--format=esm")

  it("is at most 4096 bytes, minified and compressed", () => {
    expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(4096)
  })

  it("does not contain explain", () => {
    expect(bundle("explain", "--minify", "--format=esm")).toContain("connect_with_this_host")
    expect(code).not.toContain("connect_with_this_host")
    expect(code).not.toContain("organisation of the API")
  })
})

describe("the engine, bundled", () => {
  const code = bundle(
    "policy, session, fingerprint, decide, explain",
    "--format=iife",
    "--global-name=engine",
  )

  it("decides and explains where there is no global but the language's own", () => {
    const verdicts = runInNewContext(
      `${code}
      const rule = engine.policy({
        apiId: "orders",
        orgId: "acme",
        staticMtls: { leaves: ["${alice}"], anchors: [] },
        identity: { _tag: "authToken", certificate: false },
      })
      const session = engine.session({
        id: "s1",
        orgId: "acme",
        active: true,
        expiresAt: "never",
        apis: "all",
        certificate: "none",
        bindings: ["${alice}"],
        secret: true,
      })
      const leaf = engine.fingerprint("${alice}")
      const request = {
        now: 2000,
        hostAgrees: true,
        connection: {
          _tag: "tls",
          peer: { leaf: { sha256: leaf, validity: { notBefore: 1000, notAfter: 3000 } }, paths: [] },
        },
        credentials: { authToken: { session, confirmation: "none" }, jwt: "none" },
        holder: { leaf, orgId: "acme", enrolled: true },
      }
      const later = { ...request, now: 4000 }
      JSON.stringify([
        engine.decide(rule, request)._tag,
        engine.decide(rule, later).reason,
        engine.explain(rule, later).change.id,
      ])`,
      Object.create(null),
    )
    expect(verdicts).toBe('["Allow","auth.cert_expired","renew_certificate"]')
  })
})
