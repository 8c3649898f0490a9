import { spawn } from "node:child_process"
import { once } from "node:events"
import { readdirSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type Folder, temporaryFolder } from "./gateway-folder.ts"

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url))

let folder: Folder
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

/** The program as it is installed, from its sources. */
function start(...args: readonly string[]) {
  const loader = ["--conditions=@countersign/source", "--import", "tsx", main]
  const env = { ...process.env, TMPDIR: folder.path, NO_COLOR: "1" }
  return spawn(process.execPath, [...loader, ...args], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  })
}

function writeApi(id: string): void {
  folder.write(`gateway/apis/${id}.json`, {
    api_id: id,
    org_id: "acme",
    proxy: { listen_path: `/${id}/` },
    use_mutual_tls_auth: false,
    auth_configs: { authToken: {} },
  })
}

describe("the program", () => {
  it("loads changed files, and again on SIGHUP, and ends well when a person interrupts it", async () => {
    writeApi("a")
    const child = start("serve", "--config", `${folder.path}/gateway`, "--port", "0")
    const [welcome] = (await once(child.stdout, "data")) as [Buffer]
    expect(welcome.toString()).toContain("serving https://127.0.0.1:")
    writeApi("b")
    const [byFile] = (await once(child.stdout, "data")) as [Buffer]
    expect(byFile.toString()).toContain("reloaded generation 1 (APIs: 2,")
    child.kill("SIGHUP")
    const [byHangup] = (await once(child.stdout, "data")) as [Buffer]
    expect(byHangup.toString()).toContain("reloaded generation 2 ")
    child.kill("SIGINT")
    expect(await once(child, "exit")).toEqual([0, null])
  }, 20_000)

  it("does not mind a reader that stops reading", async () => {
    const child = start("demo", "--filter", "s1-1", "--json")
    child.stdout.destroy()
    const [code] = await once(child, "exit")
    expect(code).toBe(0)
    expect(readdirSync(folder.path).filter((name) => name.startsWith("countersign-"))).toEqual([])
  }, 20_000)
})
