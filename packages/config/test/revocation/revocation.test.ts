import { rmSync } from "node:fs"
import { join } from "node:path"
import type { Crl, CrlOptions } from "@countersign/pki"
import { describe, expect, it } from "vitest"
import type { Configuration, Invalid, LoadOptions, Trust } from "../../src/index.ts"
import { createLoader } from "../../src/index.ts"
import { certificates } from "../certificates.ts"
import { definition, type Files, folder, loaded, now, problemsOf, write } from "../folder.ts"

const { alice, authority, member } = certificates
const day = 86_400_000

const crl = (changes: Partial<CrlOptions> = {}): Promise<Crl> =>
  authority.crl({ thisUpdate: now - day, nextUpdate: now + day, ...changes })
const empty = await crl()
const revoking = await crl({ number: 2, revoked: [{ certificate: member }] })

const listing = (apiId: string, file: string): object =>
  definition({
    api_id: apiId,
    use_mutual_tls_auth: true,
    client_certificates: [`certs/${file}.pem`],
    proxy: { listen_path: `/${apiId}/` },
  })

const files: Files = {
  "apis/authority.json": listing("authority", "authority"),
  "apis/leaf.json": listing("leaf", "member"),
  "apis/token.json": definition(),
  "certs/authority.pem": authority.pem,
  "certs/member.pem": member.pem,
}

const modesOf = (configuration: Configuration): object =>
  Object.fromEntries([...configuration.apis].map(([id, { policy }]) => [id, policy.revocation]))
const modes = (more: Files, options: Partial<LoadOptions> = {}): object =>
  modesOf(loaded({ ...files, ...more }, options))
const lists = { "crls/a.crl": empty.der }

/** Whether the lists of a trust have the member. */
function isRevoked(trust: Trust | undefined): boolean {
  if (trust === undefined || trust.lists === "none") return false
  const all = [...trust.lists.byIssuer.values()].flat()
  const { facts } = loaded(files)
  const serial = facts.certificates.get(member.sha256)?.certificate.serial ?? ""
  return all.some(({ list }) => list.entries.get(serial) !== undefined)
}

function served(result: Configuration | Invalid): Configuration {
  if (result._tag === "Configuration") return result
  throw new Error(result.problems.map(({ message }) => message).join("\n"))
}

describe("revocation", () => {
  it("is off without lists, soft with them, and what the options say", () => {
    const all = (mode: string) => ({ api: mode, authority: mode, leaf: mode })
    expect(modes({})).toEqual(all("off"))
    expect(modes(lists)).toEqual(all("soft"))
    expect(modes(lists, { revocation: "off" })).toEqual(all("off"))
    expect(modes({}, { revocation: "hard" })).toEqual(all("hard"))
    const own = { revocation: { authority: "hard", leaf: "off" } } as const
    expect(modes(lists, own)).toEqual({ api: "soft", authority: "hard", leaf: "off" })
    expect(modes({}, own)).toEqual({ api: "off", authority: "hard", leaf: "off" })
  })

  it("reads DER and PEM, several lists in one file too", () => {
    const pem = `text before\n${empty.pem}${revoking.pem}`
    const { facts, apis } = loaded({ ...files, "crls/a.pem": pem, "crls/b.der": empty.der })
    expect(facts.revocationLists.map(({ place }) => place.file)).toEqual([
      "crls/a.pem",
      "crls/a.pem",
      "crls/b.der",
    ])
    expect(isRevoked(apis.get("authority")?.trust)).toBe(true)
  })

  it("reaches every API with an allow list, also one without authorities", () => {
    const { apis } = loaded({ ...files, "crls/a.crl": revoking.der })
    const [first, second] = [apis.get("authority")?.trust, apis.get("leaf")?.trust]
    expect([isRevoked(first), isRevoked(second)]).toEqual([true, true])
    expect(second?.lists).toBe(first?.lists)
    expect(second?.anchors.bySubject.size).toBe(0)
    expect(apis.get("api")?.trust).toBeUndefined()
    const off = loaded({ ...files, "crls/a.crl": revoking.der }, { revocation: { leaf: "off" } })
    expect(off.apis.get("leaf")?.trust).toBeUndefined()
    expect(loaded(files).apis.get("leaf")?.trust).toBeUndefined()
  })

  it("does not start with a list that cannot be read or would not count", async () => {
    const indirect = await crl({
      extensions: [
        { oid: "2.5.29.28", critical: true, value: Uint8Array.of(0x30, 3, 0x84, 1, 0xff) },
      ],
    })
    const cases: readonly (readonly [string, unknown, string])[] = [
      ["a.crl", empty.der.slice(0, -1), "revocation.unreadable"],
      ["a.pem", alice.pem, "revocation.unreadable"],
      ["a.pem", empty.pem.replace("M", "*"), "revocation.unreadable"],
      ["a.pem", `${empty.pem}-----BEGIN X509 CRL-----\nMAA=\n`, "revocation.unreadable"],
      ["a.crl", "", "revocation.unreadable"],
      ["a.crl", indirect.der, "revocation.not_supported"],
    ]
    for (const [name, contents, code] of cases) {
      expect(problemsOf({ ...files, [`crls/${name}`]: contents })).toEqual([
        `${code} crls/${name} $`,
      ])
    }
  })

  it("warns of lists that show nobody to be good, now or ever", async () => {
    const stale = await crl({ nextUpdate: now - 1000 })
    const future = await crl({ thisUpdate: now + 1000 })
    const timeless = await authority.crl({ thisUpdate: now - day })
    const delta = await crl({
      extensions: [{ oid: "2.5.29.27", critical: true, value: Uint8Array.of(2, 1, 1) }],
    })
    const codes = (list: Crl) => problemsOf({ ...files, "crls/a.crl": list.der })
    expect(codes(empty)).toEqual([])
    expect(codes(stale)).toEqual(["revocation.stale crls/a.crl $"])
    expect(codes(future)).toEqual(["revocation.not_yet_valid crls/a.crl $"])
    expect(codes(timeless)).toEqual(["revocation.incomplete crls/a.crl $"])
    expect(codes(delta)).toEqual(["revocation.incomplete crls/a.crl $"])
  })

  it("warns of a choice that has no effect", () => {
    expect(problemsOf(files, { revocation: "hard" })).toEqual(["revocation.no_lists crls $"])
    expect(problemsOf(files, { revocation: "off" })).toEqual([])
    const all = { ...files, ...lists }
    expect(problemsOf(all, { revocation: { authoriti: "hard" } })).toEqual([
      "revocation.unknown_api crls $",
    ])
    expect(problemsOf({ ...all, "crls/readme.txt": "" })).toEqual([
      "file.not_read crls/readme.txt $",
    ])
  })

  it("follows a list that changes, comes or goes, and keeps what did not", () => {
    const root = folder({ ...files, ...lists })
    const path = join(root, "crls/a.crl")
    const loader = createLoader(root, { now })
    const trustOf = (result: Configuration | Invalid) => served(result).apis.get("authority")?.trust
    const first = trustOf(loader.load())
    expect(isRevoked(first)).toBe(false)
    expect(trustOf(loader.load())).toBe(first)
    write(root, { "apis/token.json": definition({ proxy: { listen_path: "/other/" } }) })
    expect(trustOf(loader.load({ changed: [join(root, "apis/token.json")] }))).toBe(first)
    write(root, { "crls/a.crl": revoking.der })
    const second = trustOf(loader.load({ changed: [path] }))
    expect(isRevoked(second)).toBe(true)
    write(root, { "crls/a.crl": "half a li" })
    expect(loader.load({ changed: [path] })._tag).toBe("Invalid")
    rmSync(path)
    const none = served(loader.load({ changed: [path] }))
    expect(none.apis.get("authority")?.trust?.lists).toBe("none")
    expect(none.apis.get("authority")?.policy.revocation).toBe("off")
    write(root, { "crls/a.crl": revoking.pem })
    expect(isRevoked(trustOf(loader.load({ changed: [path] })))).toBe(true)
  })

  it("is told when a list became stale between two loads", () => {
    const loader = createLoader(folder({ ...files, ...lists }), { now })
    expect(loader.load().problems).toEqual([])
    const later = loader.load({ now: now + 2 * day }).problems
    expect(later.map(({ code }) => code)).toEqual(["revocation.stale"])
  })
})
