import { symlinkSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { loadConfiguration } from "../../src/index.ts"
import { certificates } from "../certificates.ts"
import { definition, type Files, folder, load, loaded, now, problemsOf } from "../folder.ts"

const { alice, bob, openssl, authority, member } = certificates

const listing = (...entries: readonly unknown[]): Files => ({
  "certs/alice.pem": alice.pem,
  "certs/other/bob.pem": bob.pem,
  "apis/a.json": definition({ use_mutual_tls_auth: true, client_certificates: entries }),
})

const admits = (files: Files): readonly string[] => {
  const [api] = loaded(files).facts.apis
  return (api?.entries ?? []).map(({ entry }) => entry.sha256)
}

describe("an entry of an allow list", () => {
  it("is the id of a stored certificate, a file of the folder, or PEM", () => {
    const collapsed = bob.pem.trim().replaceAll("\n", " ")
    for (const entry of [
      `org${alice.sha256}`,
      `org${alice.sha256.toUpperCase()}`,
      "certs/alice.pem",
    ]) {
      expect(admits(listing(entry))).toEqual([alice.sha256])
    }
    expect(admits(listing(bob.pem, collapsed))).toEqual([bob.sha256, bob.sha256])
  })

  it("stands for something, or nothing starts", () => {
    for (const entry of [
      `org${bob.sha256}`,
      `other${bob.sha256}`,
      alice.sha256,
      "certs/nobody.pem",
      "certs",
      "",
      " ",
      "no\u0000file",
      "x".repeat(100_000),
      "a/".repeat(50_000),
    ]) {
      expect(problemsOf(listing(entry))).toEqual([
        "allow_list.unresolved apis/a.json $.client_certificates[0]",
      ])
    }
    expect(problemsOf(listing("-----BEGIN CERTIFICATE-----"))).toEqual([
      "certificate.unreadable apis/a.json $.client_certificates[0]",
    ])
    expect(problemsOf(listing(7))).toEqual(["document.type apis/a.json $.client_certificates[0]"])
  })

  it("is reported once where its file is not PEM", () => {
    const der = { "certs/a.pem": alice.der, "certs/b.pem": "hello" }
    const both = { use_mutual_tls_auth: true, client_certificates: ["certs/a.pem", "certs/b.pem"] }
    const { problems } = load({ ...der, "apis/a.json": definition(both) })
    expect(problems).toMatchObject([
      { code: "certificate.unreadable", file: "certs/a.pem", message: "this is not PEM" },
      { code: "certificate.unreadable", file: "certs/b.pem", message: "this is not PEM" },
    ])
  })

  it("does not lead out of the folder, neither by its name nor by a link", () => {
    const outside = folder({ "alice.pem": alice.pem })
    const root = folder(listing("../x.pem"))
    symlinkSync(outside, join(root, "link"))
    const entries = ["../x.pem", join(outside, "alice.pem"), "certs/../../x.pem", "link/alice.pem"]
    for (const entry of entries) {
      const inside = folder(listing(entry))
      symlinkSync(outside, join(inside, "link"))
      const { problems } = loadConfiguration(inside, { now })
      expect(problems.filter(({ severity }) => severity === "error")).toMatchObject([
        { code: "file.outside" },
      ])
    }
  })

  it("may stand anywhere where the gateway itself names it", () => {
    const path = join(folder({ "bob.pem": bob.pem }), "bob.pem")
    const settings = { security: { certificates: { apis: [path, `org${alice.sha256}`] } } }
    expect(admits({ ...listing(), "gateway.json": settings })).toEqual([bob.sha256, alice.sha256])
    const missing = { security: { certificates: { apis: ["nothing.pem"] } } }
    expect(problemsOf({ ...listing(), "gateway.json": missing })).toContain(
      "allow_list.unresolved gateway.json $.security.certificates.apis[0]",
    )
  })

  it("admits itself and, where it may sign others, is an anchor too", () => {
    const files = listing(openssl.pem, alice.pem)
    const policy = loaded(files).apis.get("api")?.policy
    if (policy === undefined || policy.staticMtls === "off") throw new Error("static mTLS is on")
    expect(policy.staticMtls.leaves.size).toBe(2)
    expect(policy.staticMtls.anchors.size).toBe(1)
    expect(problemsOf(files)).toEqual([])
  })

  it("is the first certificate of a chain alone", () => {
    const files = listing(member.chainPem(authority))
    const policy = loaded(files).apis.get("api")?.policy
    if (policy === undefined || policy.staticMtls === "off") throw new Error("static mTLS is on")
    expect([policy.staticMtls.leaves.size, policy.staticMtls.anchors.size]).toEqual([1, 0])
    expect(admits(files)).toEqual([member.sha256])
  })

  it("is missed: an empty list is reported", () => {
    expect(problemsOf(listing())).toEqual(["allow_list.empty apis/a.json $.client_certificates"])
  })
})

describe("a stored certificate", () => {
  it("belongs to the organisation of its folder, otherwise to every organisation", () => {
    const files = {
      ...listing("certs/alice.pem"),
      "apis/b.json": definition({ api_id: "b", org_id: "other", proxy: { listen_path: "/b" } }),
    }
    expect(loaded(files).certificates).toEqual(
      new Set([`org${alice.sha256}`, `other${alice.sha256}`, `other${bob.sha256}`]),
    )
    expect(problemsOf(files)).toEqual(["certificate.every_organisation certs $"])
  })

  it("is readable, or nothing starts", () => {
    expect(problemsOf({ ...listing("certs/alice.pem"), "certs/broken.pem": "nothing" })).toEqual([
      "certificate.unreadable certs/broken.pem $",
    ])
  })
})
