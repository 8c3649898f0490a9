import { join } from "node:path"
import { createAuthority, selfSigned } from "@countersign/pki"
import { describe, expect, it } from "vitest"
import { checkConfiguration, checkExitCode } from "../../src/index.ts"
import { certificates } from "../certificates.ts"
import { definition, type Files, folder, now } from "../folder.ts"

const { alice, bob, openssl, authority, member } = certificates
const day = 86_400_000

const session = (changes: object = {}) => ({
  org_id: "org",
  expires: 0,
  access_rights: { api: {} },
  ...changes,
})

const check = (files: Files, at = now) =>
  checkConfiguration(folder({ "sessions/token.json": session(), ...files }), { now: at })
const audit = (files: Files, at = now): readonly string[] =>
  check(files, at).problems.map(({ code, file, place }) => `${code} ${file} ${place}`)

const dynamic = (changes: object = {}) =>
  definition({
    auth_configs: { authToken: { use_certificate: true, auth_header_name: "X-Key" } },
    ...changes,
  })
const listing = (entries: readonly string[], changes: object = {}) =>
  definition({ use_mutual_tls_auth: true, client_certificates: entries, ...changes })
describe("the audit", () => {
  it("knows the time of certificates to the second", async () => {
    const end = Date.UTC(2026, 5, 1)
    const issued = await selfSigned({
      name: "a",
      ca: false,
      validity: { notBefore: now, notAfter: end },
    })
    const files = { "certs/a.pem": issued.pem, "apis/a.json": listing(["certs/a.pem"]) }
    const place = "certs/a.pem $"
    expect(audit(files, now - 1000)).toEqual([`certificate.not_yet_valid ${place}`])
    expect(audit(files, now)).toEqual([])
    expect(audit(files, end - 30 * day - 1000)).toEqual([])
    expect(audit(files, end - 30 * day)).toEqual([`certificate.expires_soon ${place}`])
    expect(audit(files, end)).toEqual([`certificate.expires_soon ${place}`])
    expect(audit(files, end + 1000)).toEqual([`certificate.expired ${place}`])
    const monitor = { security: { certificate_expiry_monitor: { warning_threshold_days: 2 } } }
    const later = {
      ...files,
      "gateway.json": { ...monitor, http_server_options: { use_ssl: true } },
    }
    expect(audit(later, end - 3 * day)).toEqual([])
    expect(audit(later, end - 2 * day)).toEqual([`certificate.expires_soon ${place}`])
  })

  it("tells an authority that signed from a self-signed certificate that could have", async () => {
    const impostor = await createAuthority({ name: "authority" })
    const stored = (pem: string): Files => ({
      "certs/a.pem": pem,
      "certs/member.pem": member.pem,
      "apis/a.json": dynamic(),
    })
    expect(audit(stored(authority.pem))).toEqual(["certificate.authority_enrolled certs/a.pem $"])
    expect(audit(stored(openssl.pem))).toEqual([])
    expect(audit(stored(impostor.pem))).toEqual([])
    const fixed = listing(["certs/a.pem"])
    expect(audit({ ...stored(authority.pem), "apis/a.json": fixed })).toEqual([])
  })

  it("lists the APIs that the unsafe flag opens", () => {
    const gateway = {
      http_server_options: { use_ssl: true },
      security: { allow_unsafe_dynamic_mtls_token: true },
    }
    const { problems } = check({ "gateway.json": gateway, "apis/a.json": dynamic() })
    expect(problems).toMatchObject([
      {
        code: "settings.unsafe_token",
        place: "$.security.allow_unsafe_dynamic_mtls_token",
        message: expect.stringContaining("`api`"),
      },
    ])
    expect(audit({ "gateway.json": gateway, "apis/a.json": definition() })).toEqual([])
  })

  it("says that bindings are off where tokens have some", () => {
    const gateway = {
      http_server_options: { use_ssl: true },
      security: { disable_certificate_token_binding: true },
    }
    const files = {
      "gateway.json": gateway,
      "apis/a.json": listing(["certs/alice.pem"]),
      "certs/alice.pem": alice.pem,
      "sessions/token.json": session({
        mtls_static_certificate_bindings: [`org${alice.sha256}`],
      }),
    }
    expect(audit(files)).toEqual([
      "settings.bindings_off gateway.json $.security.disable_certificate_token_binding",
    ])
  })

  it("finds sessions whose certificates cannot be shown with success", () => {
    const files = (changes: object): Files => ({
      "apis/a.json": listing(["certs/alice.pem"]),
      "certs/alice.pem": alice.pem,
      "certs/bob.pem": bob.pem,
      "sessions/token.json": session(changes),
    })
    const bound = (...digests: readonly string[]) => ({
      mtls_static_certificate_bindings: digests.map((digest) => `org${digest}`),
    })
    const at = "sessions (file 1) $.mtls_static_certificate_bindings"
    expect(audit(files(bound(alice.sha256)))).toEqual([])
    expect(audit(files(bound(alice.sha256, bob.sha256)))).toEqual([])
    expect(audit(files(bound(bob.sha256)))).toEqual([`session.binding_not_listed ${at}`])
    expect(audit(files(bound(openssl.sha256)))).toEqual([
      `session.binding_not_stored ${at}`,
      `session.binding_not_listed ${at}`,
    ])
    expect(audit(files({ ...bound(bob.sha256), access_rights: { other: {} } }))).toEqual([])
    expect(audit(files({ certificate: `org${openssl.sha256}` }))).toEqual([
      "session.certificate_not_stored sessions (file 1) $.certificate",
    ])
  })

  it("finds APIs that take tokens where there are none", () => {
    const only = (files: Files) => checkConfiguration(folder(files), { now })
    const codes = (files: Files) => only(files).problems.map(({ code }) => code)
    const none = { "apis/a.json": definition() }
    expect(codes(none)).toEqual(["session.none"])
    expect(only(none)).not.toHaveProperty("unknownSessions")
    const unusable = { ...none, "sessions/a.json": {}, "sessions/all.json": { b: 1, c: [] } }
    expect(codes(unusable)).toContain("session.none")
    expect(only(unusable)).toMatchObject({ sessions: 0, unknownSessions: 2 })
    const keyless = { use_keyless: true, use_standard_auth: false }
    expect(codes({ "apis/a.json": definition(keyless) })).toEqual(["api.open"])
    const file = join(folder({ "a.json": definition() }), "a.json")
    expect(checkConfiguration(file, { now }).problems).toEqual([])
  })

  it("counts sessions whose keys are too short to be looked up", () => {
    const all = { "sessions/all.json": { abc: session(), ab: session(), "long-enough": session() } }
    const short = (gateway: object) =>
      check({ "apis/a.json": definition(), ...all, "gateway.json": gateway }).problems
    expect(short({})).toMatchObject([{ code: "session.short_key", file: "sessions", place: "$" }])
    expect(short({})[0]?.message).toContain("1 of 4")
    expect(short({ min_token_length: 6 })[0]?.message).toContain("3 of 4")
    expect(short({ min_token_length: 1 })).toEqual([])
    expect(JSON.stringify(short({ min_token_length: 6 }))).not.toMatch(/abc|"ab/)
  })

  it("trusts an authority in the list to have signed a bound certificate", () => {
    const files = {
      "apis/a.json": listing(["certs/authority.pem"]),
      "certs/authority.pem": authority.pem,
      "certs/member.pem": member.pem,
      "sessions/token.json": session({
        mtls_static_certificate_bindings: [`org${member.sha256}`],
      }),
    }
    expect(audit(files)).toEqual([])
  })

  it("finds hosts on which the handshake cannot tell APIs apart", () => {
    const other = (host: string) =>
      definition({ api_id: "plain", domain: host, proxy: { listen_path: "/plain" } })
    const files = (host: string): Files => ({
      "apis/a.json": dynamic({ domain: "a.example.com" }),
      "apis/b.json": other(host),
    })
    expect(audit(files("A.example.com"))).toEqual(["api.mixed_host apis/b.json $.domain"])
    expect(audit(files("b.example.com"))).toEqual([])
  })

  it("weighs the names of authorities that a handshake announces", async () => {
    const subjects = Array.from({ length: 60 }, (_, i) => ({ CN: `${i} `.padEnd(290, "x") }))
    const authorities = await Promise.all(subjects.map((subject) => createAuthority({ subject })))
    const pems = authorities.map(({ pem }) => pem)
    const list = (
      count: number,
      gateway: object = { http_server_options: { use_ssl: true } },
    ): Files => ({
      "apis/a.json": listing(pems.slice(0, count)),
      "gateway.json": gateway,
    })
    expect(audit(list(50))).toEqual([])
    expect(audit(list(60))).toEqual(["api.authority_list apis/a.json $.client_certificates"])
    const silent = { http_server_options: { use_ssl: true, skip_client_ca_announcement: true } }
    expect(audit(list(60, silent))).toEqual([])
  })

  it("finds APIs with certificates where no certificate can be shown", () => {
    const plain = { http_server_options: { use_ssl: false } }
    const found = "api.without_tls gateway.json $.http_server_options.use_ssl"
    expect(audit({ "apis/a.json": dynamic(), "gateway.json": plain })).toEqual([found])
    expect(audit({ "apis/a.json": dynamic(), "gateway.json": {} })).toEqual([found])
    expect(audit({ "apis/a.json": definition(), "gateway.json": plain })).toEqual([])
    expect(audit({ "apis/a.json": dynamic() })).toEqual([])
    expect(audit({ "apis/a.json": dynamic({ protocol: "h2c" }) })).toEqual([
      "api.without_tls apis/a.json $",
    ])
  })

  it("finds APIs that take the upstream's header for their token", () => {
    const auth = { auth_configs: { authToken: { use_certificate: true } } }
    const place = "apis/a.json $.auth_configs.authToken"
    expect(audit({ "apis/a.json": dynamic(auth) })).toEqual([`api.authorization_header ${place}`])
    expect(audit({ "apis/a.json": dynamic({ ...auth, strip_auth_data: true }) })).toEqual([])
    expect(audit({ "apis/a.json": dynamic() })).toEqual([])
  })
})

describe("a check", () => {
  it("ends with 0, 1 or 2, errors first", () => {
    const clean = check({ "apis/a.json": dynamic() })
    const warned = check({ "apis/a.json": listing([]) })
    const broken = check({ "apis/a.json": listing(["nothing.pem"]), "apis/b.json": listing([]) })
    const codes = (strict: boolean) =>
      [clean, warned, broken].map((report) => checkExitCode(report, { strict }))
    expect(codes(false)).toEqual([0, 0, 2])
    expect(codes(true)).toEqual([0, 1, 2])
    expect(broken.servable).toBe(false)
    expect(broken.problems[0]?.severity).toBe("error")
    expect(broken.errors + broken.warnings).toBe(broken.problems.length)
  })

  it("is plain data", () => {
    const report = check({ "apis/a.json": listing([]) })
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  })
})
