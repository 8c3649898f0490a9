import { rmSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { type Configuration, createLoader, type Invalid } from "../src/index.ts"
import { certificates } from "./certificates.ts"
import { definition, folder, now, write } from "./folder.ts"

const { alice, bob, authority } = certificates

const files = {
  "apis/a.json": definition({
    use_mutual_tls_auth: true,
    client_certificates: ["certs/alice.pem"],
  }),
  "apis/b.json": definition({ api_id: "b", proxy: { listen_path: "/b" } }),
  "certs/alice.pem": alice.pem,
}

function served(result: Configuration | Invalid): Configuration {
  if (result._tag === "Configuration") return result
  throw new Error(result.problems.map(({ message }) => message).join("\n"))
}

const policyOf = (configuration: Configuration, apiId: string) =>
  configuration.apis.get(apiId)?.policy

describe("a loader", () => {
  it("compiles again only what changed", () => {
    const root = folder(files)
    const loader = createLoader(root, { now })
    const first = served(loader.load())
    write(root, { "apis/b.json": definition({ api_id: "b", proxy: { listen_path: "/b2" } }) })
    const second = served(loader.load({ changed: [join(root, "apis/b.json")] }))
    expect(policyOf(second, "api")).toBe(policyOf(first, "api"))
    expect(policyOf(second, "b")).not.toBe(policyOf(first, "b"))
    expect(second.routes.match(undefined, "/b2/x")).toBe("b")
    expect(second.routes.match(undefined, "/b/x")).toBeUndefined()
  })

  it("sees every change of every file, however soon", () => {
    const root = folder(files)
    const loader = createLoader(root, { now })
    const leaves = () => {
      const policy = policyOf(served(loader.load()), "api")
      return policy === undefined || policy.staticMtls === "off" ? 0 : policy.staticMtls.leaves.size
    }
    expect(leaves()).toBe(1)
    for (let round = 0; round < 20; round++) {
      // The same size and, as file systems count, often the same time.
      write(root, { "certs/alice.pem": round % 2 === 0 ? bob.pem : alice.pem })
      const { certificates } = served(loader.load())
      const { sha256 } = round % 2 === 0 ? bob : alice
      expect(certificates).toEqual(new Set([`org${sha256}`]))
    }
  })

  it("does not let a removed certificate, session or definition linger", () => {
    const session = { org_id: "org", expires: 0, access_rights: { b: {} } }
    const root = folder({ ...files, "certs/bob.pem": bob.pem, "sessions/key.json": session })
    const loader = createLoader(root, { now })
    const before = served(loader.load())
    expect([before.certificates.size, before.sessions.size, before.apis.size]).toEqual([2, 1, 2])
    const removed = ["certs/bob.pem", "sessions/key.json", "apis/b.json"].map((name) =>
      join(root, name),
    )
    for (const path of removed) rmSync(path)
    const after = served(loader.load({ changed: removed }))
    expect([after.certificates.size, after.sessions.size, after.apis.size]).toEqual([1, 0, 1])
  })

  it("says so when a listed file goes away, and recovers when it comes back", () => {
    const root = folder(files)
    const loader = createLoader(root, { now })
    served(loader.load())
    const path = join(root, "certs/alice.pem")
    rmSync(path)
    expect(loader.load({ changed: [path] })).toMatchObject({
      _tag: "Invalid",
      problems: [{ code: "allow_list.unresolved" }],
    })
    write(root, { "certs/alice.pem": alice.pem })
    expect(served(loader.load({ changed: [path] })).certificates.size).toBe(1)
  })

  it("compiles everything again when the settings of the gateway change", () => {
    const root = folder(files)
    const loader = createLoader(root, { now })
    const first = served(loader.load())
    write(root, { "gateway.json": { security: { disable_certificate_token_binding: true } } })
    const second = served(loader.load())
    expect(policyOf(first, "api")?.flags.certificateTokenBinding).toBe(true)
    expect(policyOf(second, "api")?.flags.certificateTokenBinding).toBe(false)
  })

  it("keeps one trust for the same authorities, across APIs and reloads", () => {
    const listed = { use_mutual_tls_auth: true, client_certificates: ["certs/authority.pem"] }
    const root = folder({
      "certs/authority.pem": authority.pem,
      "apis/a.json": definition(listed),
      "apis/b.json": definition({ ...listed, api_id: "b", proxy: { listen_path: "/b" } }),
    })
    const loader = createLoader(root, { now })
    const first = served(loader.load())
    const trust = first.apis.get("api")?.trust
    expect(trust?.anchors.bySubject.size).toBe(1)
    expect(first.apis.get("b")?.trust).toBe(trust)
    write(root, {
      "apis/b.json": definition({ ...listed, api_id: "b", proxy: { listen_path: "/c" } }),
    })
    const second = served(loader.load())
    expect(second.apis.get("b")?.trust).toBe(trust)
    expect(policyOf(second, "b")).not.toBe(policyOf(first, "b"))
  })
})
