import {
  type ClientRequest,
  type IncomingMessage,
  request as plainRequest,
  type RequestListener,
} from "node:http"
import { request as tlsRequest } from "node:https"
import type { AddressInfo, Server } from "node:net"
import { type PolicyInput, policy, responses } from "@countersign/engine"
import {
  createGuard,
  type FindSessions,
  type Guard,
  type KnownSession,
  memoryCertificates,
  memorySessions,
  storedSession,
} from "@countersign/guard"
import { createRoutes, tokenSource } from "@countersign/http"
import { createAuthority, type Issued } from "@countersign/pki"

export const orgId = "acme"

export interface Pki {
  readonly root: Issued
  readonly server: Issued
  readonly alice: Issued
  readonly mallory: Issued
}

export async function createPki(): Promise<Pki> {
  const root = await createAuthority({ name: "Root" })
  const [server, alice, mallory] = await Promise.all([
    root.issue({ name: "localhost", usage: "server", san: ["localhost", { ip: "127.0.0.1" }] }),
    root.issue({ name: "alice" }),
    root.issue({ name: "mallory" }),
  ])
  return { root, server, alice, mallory }
}

export function known(key: string, rest: Partial<KnownSession> = {}): KnownSession {
  return {
    key,
    orgId,
    active: true,
    expiresAt: "never",
    apis: "all",
    certificate: "none",
    bindings: "none",
    ...rest,
  }
}

export function guardFor(
  apis: readonly Omit<PolicyInput, "orgId">[],
  sessions: readonly KnownSession[],
  enrolled: readonly Issued[],
  store?: FindSessions,
): Guard {
  const routes = createRoutes(
    apis.map(({ apiId }) => ({ apiId, host: "*", listenPath: `/${apiId}` })),
  )
  if (routes._tag === "problems") throw new Error(JSON.stringify(routes.problems))
  return createGuard({
    policies: {
      routes,
      apis: new Map(
        apis.map((input) => [
          input.apiId,
          {
            policy: policy({ ...input, orgId }),
            token: tokenSource({ useParam: true, useCookie: true }),
          },
        ]),
      ),
      keys: { hashKeyFunction: "", minTokenLength: 0 },
      responses: responses(),
    },
    sessions:
      store ?? memorySessions(new Map(sessions.map((one) => [one.key, storedSession(one)]))),
    certificates: memoryCertificates(new Set(enrolled.map(({ sha256 }) => orgId + sha256))),
  })
}

export interface Reply {
  readonly status: number
  readonly headers: IncomingMessage["headers"]
  readonly body: string
}

export interface Sent {
  readonly path: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string | string[]>>
  readonly body?: string
  readonly cert?: string
  readonly key?: string
  readonly agent?: false
}

/** Sends one request over a connection of its own. */
export function send(server: Server, sent: Sent): Promise<Reply> {
  const { port } = server.address() as AddressInfo
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, agent: false as const, ...sent }
    const answered = (response: IncomingMessage): void => {
      let body = ""
      response.setEncoding("utf8")
      response.on("data", (part: string) => {
        body += part
      })
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      )
    }
    const secure = "requestCert" in server || "setSecureContext" in server
    const request: ClientRequest = secure
      ? tlsRequest({ ...options, rejectUnauthorized: false }, answered)
      : plainRequest(options, answered)
    request.on("error", reject)
    request.end(sent.body)
  })
}

export async function listening<S extends Server>(server: S): Promise<S> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return server
}

/** Answers 200 with what the handler saw of the request. */
export const echo: RequestListener = (request, response) => {
  response.end(
    JSON.stringify({ url: request.url, headers: request.headers, raw: request.rawHeaders }),
  )
}
