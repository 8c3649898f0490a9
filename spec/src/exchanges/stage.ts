import { randomBytes } from "node:crypto"
import { storeKey } from "@countersign/http"
import type { Issued } from "@countersign/pki"
import type { Exchange } from "../drivers/driver.ts"
import type { LoadedApi, LoadedSession, LoadedWorld } from "../drivers/loaded-world.ts"
import type {
  ExchangeVector,
  ExchangeWorld,
  GatewaySettings,
  ListEntry,
  SessionRecipe,
  TokenForm,
  TokenRecipe,
} from "../vectors/exchange.ts"
import { fill, type Place } from "../vectors/template.ts"
import { DAY, issueCertificates, issueRevocationLists } from "./issue.ts"

/** A world with everything that its recipes only describe. */
export interface Stage {
  /** What a gateway is told, with the settings that a vector changes. */
  readonly worldFor: (vector: Pick<ExchangeVector, "gateway">) => LoadedWorld
  /** What a client sends. */
  readonly exchangeOf: (vector: Pick<ExchangeVector, "id" | "present">) => Exchange
  /** SHA-256 of a certificate. */
  readonly digestOf: (certificate: string) => string
}

/** Makes certificates, keys and tokens of a world that was read; `now` in epoch milliseconds. */
export async function stageWorld(world: ExchangeWorld, now: number): Promise<Stage> {
  const certificates = await issueCertificates(world.certificates, now)
  const revocationLists = await issueRevocationLists(world, certificates, now)
  const texts = new Texts(world, certificates)
  const common = {
    apis: Object.entries(world.apis).map(([name, api]) => loadedApi(name, api, texts)),
    sessions: Object.entries(world.sessions).map(([name, session]) =>
      loadedSession(name, session, texts, now),
    ),
    certificates: Object.entries(world.certificates).flatMap(([name, { stored }]) => {
      if (stored === undefined) return []
      const { sha256, pem } = texts.issued(name)
      return [{ orgId: texts.orgId(stored), sha256, pem }]
    }),
    revocationLists,
  }
  return {
    worldFor: ({ gateway }) => ({ ...common, gateway: loadedGateway(world, gateway ?? {}, texts) }),
    exchangeOf: ({ id, present }) => exchangeOf(id, present, world, texts),
    digestOf: (name) => texts.issued(name).sha256,
  }
}

/** Every text of one run by the name that vectors call it. */
class Texts {
  readonly #world: ExchangeWorld
  readonly #certificates: ReadonlyMap<string, Issued>
  readonly #ids = new Map<string, string>()

  constructor(world: ExchangeWorld, certificates: ReadonlyMap<string, Issued>) {
    this.#world = world
    this.#certificates = certificates
  }

  issued(name: string): Issued {
    return defined(this.#certificates.get(name), name)
  }

  orgId(name: string): string {
    return defined(this.#world.organisations[name], name)
  }

  entry(entry: ListEntry): string {
    return this.fill(typeof entry === "string" ? `{id:${entry}}` : entry.text)
  }

  /** The store key of a session, or the same record's key in another spelling. */
  key(session: string, form?: TokenForm): string {
    const recipe = defined(this.#world.sessions[session], session)
    const { organisation, certificate, key } = recipe
    const computed = typeof certificate === "string" ? `{sha256:${certificate}}` : "{secret}"
    const id = this.#ids.get(session) ?? this.fill(key ?? computed)
    this.#ids.set(session, id)
    const orgId = this.orgId(organisation)
    const wanted = form ?? recipe.form
    return wanted === undefined
      ? storeKey(orgId, id, this.#world.gateway.hashKeyFunction)
      : spelled(orgId, id, wanted)
  }

  token(name: string): string {
    const { sessions, tokens } = this.#world
    if (Object.hasOwn(sessions, name)) return this.key(name)
    const token: TokenRecipe = defined(tokens[name], name)
    if ("text" in token) return this.fill(token.text)
    if ("session" in token) return this.key(token.session, token.form)
    return spelled(this.orgId(token.organisation), this.fill(token.id), token.form)
  }

  fill(template: string, token = ""): string {
    return fill(template, (place) => (place.what === "token" ? token : this.#valueOf(place)))
  }

  #valueOf({ what, name }: Place): string {
    if (what === "secret") return randomBytes(16).toString("hex")
    if (what === "key") return this.key(name)
    const { sha256, pem } = this.issued(name)
    if (what === "sha256") return sha256
    if (what === "id") return this.#idOf(name) + sha256
    if (what === "pem-line") return pem.replaceAll("\n", " ")
    return what === "pem-url" ? encodeURIComponent(pem) : pem
  }

  /** Nobody stores it: an id with the organisation of the first there is stands for nothing. */
  #idOf(certificate: string): string {
    const [first = ""] = Object.keys(this.#world.organisations)
    return this.orgId(this.#world.certificates[certificate]?.stored ?? first)
  }
}

function spelled(orgId: string, id: string, form: TokenForm): string {
  return form === "id" ? id : storeKey(orgId, id, form === "plain" ? "" : form)
}

function defined<A>(value: A | undefined, name: string): A {
  if (value === undefined) throw new TypeError(`nothing is named ${name}`)
  return value
}

function loadedGateway(
  { gateway }: ExchangeWorld,
  changes: Partial<GatewaySettings>,
  texts: Texts,
): LoadedWorld["gateway"] {
  const settings = { ...gateway, ...changes }
  return { ...settings, allowList: settings.allowList.map((entry) => texts.entry(entry)) }
}

function loadedApi(name: string, api: ExchangeWorld["apis"][string], texts: Texts): LoadedApi {
  const { organisation, identity, path, domain = "*", allowList } = api
  const {
    header = "none",
    query = "none",
    cookie = "none",
  } = api.token ?? {
    header: "Authorization",
  }
  return {
    id: name,
    orgId: texts.orgId(organisation),
    identity,
    path: path ?? `/${name}/`,
    domain,
    allowList: allowList === undefined ? "off" : allowList.map((entry) => texts.entry(entry)),
    token: { header, query, cookie },
    stripAuthorizationData: false,
  }
}

function loadedSession(
  name: string,
  session: SessionRecipe,
  texts: Texts,
  now: number,
): LoadedSession {
  const { organisation, certificate, bindings, apis, inactive = false, expiresDays } = session
  const orgId = texts.orgId(organisation)
  const idOf = (entry: ListEntry): string =>
    typeof entry === "string" ? orgId + texts.issued(entry).sha256 : texts.entry(entry)
  return {
    name,
    key: texts.key(name),
    orgId,
    active: !inactive,
    expiresAt: expiresDays === undefined ? "never" : now + expiresDays * DAY,
    apis,
    certificate: certificate === undefined ? "none" : idOf(certificate),
    bindings: bindings === undefined ? "none" : bindings.map(idOf),
  }
}

function exchangeOf(
  id: string,
  present: ExchangeVector["present"],
  world: ExchangeWorld,
  texts: Texts,
): Exchange {
  const { transport, chain, api, path, query, host = "none", serverName = "none" } = present
  const [leaf, ...others] = chain.map((name) => texts.issued(name))
  const token = present.token === "none" ? "" : texts.token(present.token)
  const isInHeader = token !== "" && query === undefined
  const { headers = isInHeader ? { authorization: "Bearer {token}" } : {} } = present
  const target = path ?? world.apis[api]?.path ?? `/${api}/`
  return {
    id,
    transport,
    client: leaf
      ? { chainPem: leaf.chainPem(...others), privateKeyPem: leaf.privateKeyPem }
      : "none",
    serverName,
    host,
    resumed: present.resumed === true,
    method: present.method ?? "GET",
    body: present.body ?? "",
    path:
      query === undefined ? target : `${target}?${texts.fill(query, encodeURIComponent(token))}`,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, text]) => [name, texts.fill(text, token)]),
    ),
  }
}
