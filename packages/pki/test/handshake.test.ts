import { once } from "node:events"
import { connect, createServer, type TLSSocket } from "node:tls"
import { expect, it } from "vitest"
import { createAuthority } from "../src/index.ts"

it("issues a client and a server certificate that a TLS handshake accepts", async () => {
  const root = await createAuthority({ name: "root" })
  const intermediate = await root.issueAuthority({ name: "intermediate" })
  const server = await root.issue({ name: "server", usage: "server", san: ["server.test"] })
  const client = await intermediate.issue({ name: "client" })
  const listener = createServer({
    cert: server.pem,
    key: server.privateKeyPem,
    ca: root.pem,
    requestCert: true,
    rejectUnauthorized: true,
  })
  await once(listener.listen(0, "127.0.0.1"), "listening")
  const address = listener.address()
  if (address === null || typeof address === "string") throw new Error("no port")
  const accepted = once(listener, "secureConnection") as Promise<[TLSSocket]>
  const socket = connect({
    port: address.port,
    host: "127.0.0.1",
    servername: "server.test",
    ca: root.pem,
    cert: client.chainPem(intermediate),
    key: client.privateKeyPem,
  })
  const [seen] = await accepted
  expect(seen.getPeerX509Certificate()?.raw.equals(client.der)).toBe(true)
  socket.destroy()
  listener.close()
})
