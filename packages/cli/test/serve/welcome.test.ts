import { loadConfiguration } from "@countersign/config"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { welcome } from "../../src/serve/welcome.ts"
import { type Folder, temporaryFolder } from "../gateway-folder.ts"
import { fakeTerminal } from "../terminal.ts"

let folder: Folder
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

/** The welcome of one API with a token. */
function welcomeOf(definition: object, header: string, host = "127.0.0.1"): string {
  folder.write("apis/a.json", {
    api_id: "a",
    org_id: "acme",
    proxy: { listen_path: "/a/" },
    use_mutual_tls_auth: false,
    auth_configs: { authToken: { auth_header_name: header } },
    ...definition,
  })
  const loaded = loadConfiguration(folder.path, { now: Date.now() })
  if (loaded._tag === "Invalid") throw new Error(JSON.stringify(loaded.problems))
  const listening = { host, port: 8443, plainPort: undefined, isThrowAway: true }
  return welcome(loaded, listening, fakeTerminal())
}

describe("the welcome of a hostile definition", () => {
  it("prints no control character, so that nothing of an id becomes a command", () => {
    const out = welcomeOf({ api_id: "a\n; rm -rf ~\u001b[2J" }, "x-key")
    expect(out).toContain("\n# a\\u{a}; rm -rf ~\\u{1b}[2J: auth token\ncurl -k ")
  })

  it("quotes what a shell would read", () => {
    const out = welcomeOf({ proxy: { listen_path: "/a'$(id)/" } }, "x-key")
    expect(out).toContain(`curl -k -H 'x-key: TOKEN' 'https://127.0.0.1:8443/a'\\''$(id)/'\n`)
    const header = welcomeOf({}, "x'`id`")
    expect(header).toContain(`-H 'x'\\''\`id\`: TOKEN' `)
  })

  it("writes an IPv6 address as curl takes it", () => {
    const out = welcomeOf({ domain: "a.test" }, "x-key", "::1")
    expect(out).toContain("--resolve 'a.test:8443:[::1]' https://a.test:8443/a/")
    expect(out).toContain("serving https://[::1]:8443")
  })
})
