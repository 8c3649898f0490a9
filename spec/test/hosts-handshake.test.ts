import { createServer } from "node:https"
import type { AddressInfo } from "node:net"
import type { ConnectionOptions, SecureVersion, TlsOptions } from "node:tls"
import { createGuard, type Generation } from "@countersign/guard"
import {
  createServerOptions,
  decideInHandshake,
  type HandshakeOptions,
  protect,
} from "@countersign/node"
import { afterEach, beforeAll, describe, expect, it } from "vitest"
import {
  type CertificateName,
  type Certificates,
  createCertificates,
} from "../src/hosts/certificates.ts"
import { open } from "../src/hosts/converse.ts"
import { hosts } from "../src/hosts/index.ts"
import { exchange } from "../src/hosts/resume.ts"
import { tap } from "../src/hosts/tap.ts"
import { generationOf, type World } from "../src/hosts/world.ts"

let certificates: Certificates
const opened: { close: () => unknown }[] = []

beforeAll(async () => {
  certificates = await createCertificates(Date.now())
})

afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()))
})

function tlsOf(): TlsOptions {
  const { server } = certificates
  return { key: server.privateKeyPem, cert: server.pem }
}

function as(name: CertificateName | "nobody"): ConnectionOptions {
  if (name === "nobody") return {}
  return { cert: certificates[name].pem, key: certificates[name].privateKeyPem }
}

describe("the announcement of authorities", () => {
  const world: World = {
    apis: [
      { path: "/a", identity: "keyless", list: ["root", "C1"] },
      { path: "/b", identity: "keyless", list: ["root", "otherRoot"] },
    ],
  }

  async function announced(options: (made: Generation) => HandshakeOptions): Promise<string[]> {
    const made = generationOf(world, certificates)
    const tls = createServerOptions(tlsOf(), options(made))
    const server = protect(createServer(tls), createGuard(made))
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const relay = await tap((server.address() as AddressInfo).port)
    opened.push(server, relay)
    const socket = await open(relay.port, { maxVersion: "TLSv1.2" })
    socket.destroy()
    const sent = relay.received()
    const names = ["root", "otherRoot", "C1"] as const
    return names.filter((name) => sent.includes(distinguished(certificates[name].subject)))
  }

  /** In a list of names each is preceded by its length in two octets (RFC 5246 §7.4.4). */
  function distinguished(subject: Uint8Array): Buffer {
    return Buffer.concat([Buffer.of(subject.length >> 8, subject.length & 255), subject])
  }

  it("is withheld unless asked for", async () => {
    expect(await announced(() => ({}))).toEqual([])
  })

  it("names authorities, never leaves", async () => {
    expect(await announced(({ policies }) => ({ announce: policies }))).toEqual([
      "root",
      "otherRoot",
    ])
  })
})

describe.each(hosts.filter(({ http }) => http === 1))(
  "a decision in the handshake on $name",
  (host) => {
    async function start(world: World): Promise<number> {
      const made = generationOf(world, certificates)
      const running = await host.start(createGuard(made), tlsOf())
      decideInHandshake(running.server, () => made.policies)
      opened.push(running)
      return running.port
    }

    const onlyListed: World = {
      apis: [
        { path: "/a", identity: "keyless", list: ["C1"] },
        { path: "/b", identity: "token", list: ["C2"] },
      ],
    }
    const authority: World = { apis: [{ path: "/a", identity: "keyless", list: ["root"] }] }
    const half: World = { apis: [...onlyListed.apis, { path: "/open", identity: "keyless" }] }
    const instead: World = { ...onlyListed, flags: { boundCertificateSatisfiesAllowList: true } }

    const cases: readonly (readonly [string, World, CertificateName | "nobody", string])[] = [
      ["closes without certificate", onlyListed, "nobody", "closed"],
      ["closes with an unlisted certificate", onlyListed, "C3", "closed"],
      ["stays open with a listed one", onlyListed, "C1", "200"],
      ["stays open where another API lists it", onlyListed, "C2", "403"],
      ["closes without certificate where an authority is listed", authority, "nobody", "closed"],
      ["stays open where a path could lead to it", authority, "C3", "403"],
      ["stays open where one API requires no certificate", half, "nobody", "403"],
      ["stays open where a bound token could admit it", instead, "C3", "403"],
    ]
    const versions: readonly SecureVersion[] = ["TLSv1.2", "TLSv1.3"]

    describe.each(versions)("%s", (version) => {
      it.each(cases)("%s", async (_title, world, name, expected) => {
        const port = await start(world)
        const options = { ...as(name), minVersion: version, maxVersion: version }
        const answered = await exchange(port, { path: "/a" }, options).then(
          ({ status }) => (status === "none" ? "closed" : status),
          () => "closed",
        )
        expect(answered).toBe(expected)
      })
    })

    it("looks at the APIs of the server name alone", async () => {
      const split: World = {
        apis: [
          { id: "a", path: "/a", identity: "keyless", list: ["C1"], host: "a.example" },
          { id: "b", path: "/a", identity: "keyless", host: "b.example" },
        ],
      }
      const port = await start(split)
      const ask = (servername: string): Promise<string> =>
        exchange(port, { path: "/a", host: servername }, { ...as("nobody"), servername }).then(
          ({ status }) => (status === "none" ? "closed" : status),
          () => "closed",
        )
      expect(await ask("a.example")).toBe("closed")
      expect(await ask("b.example")).toBe("200")
    })

    it("refuses renegotiation", async () => {
      const socket = await open(await start(half), { ...as("C1"), maxVersion: "TLSv1.2" })
      const refused = await new Promise((resolve) => {
        socket.on("error", resolve)
        socket.on("close", () => resolve("closed"))
        socket.renegotiate({}, (error) => resolve(error ?? "renegotiated"))
      })
      expect(refused).not.toBe("renegotiated")
      socket.destroy()
    })
  },
)
