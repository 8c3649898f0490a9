import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Identified } from "@countersign/engine"
import type { Decision } from "@countersign/guard"
import { compare, type Difference, type Observation } from "./compare.ts"
import { type Identities, issueWorld } from "./issue-world.ts"
import { microsecondsOf } from "./measure.ts"
import { type ClientRequest, send } from "./request.ts"
import type { Scenario, ScenarioFile } from "./scenario-file.ts"
import { type Gateway, REQUEST_ID, startGateway } from "./start-gateway.ts"
import { lookUp, makeTokens, type Tokens } from "./tokens.ts"

/** What came of one scenario. */
export interface Outcome extends Observation {
  readonly scenario: Scenario
  /** How an allowed caller was identified. */
  readonly by: Pick<Identified, "sessionBy" | "leafBy"> | undefined
  /** Of one `decide`; undefined where no policy was reached. */
  readonly microseconds: number | undefined
  readonly differences: readonly Difference[]
}

export interface RunOptions {
  readonly wanted: (scenario: Scenario) => boolean
  readonly now: number
  readonly signal: AbortSignal
}

/** Everybody and everything of one run. */
interface Stage {
  readonly file: ScenarioFile
  readonly identities: Identities
  readonly tokens: Tokens
  readonly gatewayFor: (scenario: Scenario) => Promise<Gateway>
  readonly signal: AbortSignal
}

/**
 * Issues certificates, starts a gateway for every set of flags that a scenario needs, and sends what
 * each scenario presents, one after the other. Leaves neither files nor servers behind.
 */
export async function runScenarios(
  file: ScenarioFile,
  { wanted, now, signal }: RunOptions,
): Promise<readonly Outcome[]> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-demo-"))
  const gateways = new Map<string, Gateway>()
  try {
    const identities = await issueWorld(file.world, now)
    const tokens = makeTokens(file.world, identities.certificates)
    const gatewayFor = async ({ flags }: Scenario): Promise<Gateway> => {
      const name = [...flags].sort().join()
      const contents = { world: file.world, identities, tokens, flags, now }
      const gateway =
        gateways.get(name) ?? (await startGateway(folder, contents, identities.server))
      gateways.set(name, gateway)
      return gateway
    }
    const stage: Stage = { file, identities, tokens, gatewayFor, signal }
    const outcomes: Outcome[] = []
    for (const scenario of file.groups.flatMap(({ scenarios }) => scenarios).filter(wanted)) {
      signal.throwIfAborted()
      outcomes.push(await play(scenario, stage))
    }
    return outcomes
  } finally {
    await Promise.all([...gateways.values()].map((gateway) => gateway.close()))
    rmSync(folder, { recursive: true, force: true })
  }
}

async function play(scenario: Scenario, stage: Stage): Promise<Outcome> {
  const gateway = await stage.gatewayFor(scenario)
  const request = requestOf(scenario, gateway, stage)
  try {
    const { status } = await send(request, stage.signal)
    const decision = gateway.decisionOn(scenario.id)
    const observation = observe(decision, status, stage.tokens)
    return {
      scenario,
      ...observation,
      by: decision?.verdict._tag === "Allow" ? decision.verdict.identity : undefined,
      microseconds: decision && microsecondsOf(decision),
      differences: compare(scenario.expect, observation),
    }
  } catch (error) {
    stage.signal.throwIfAborted()
    const why = error instanceof Error ? error.message : "unknown reason"
    return { ...unanswered(scenario), differences: [differenceOf(why)] }
  }
}

function requestOf(scenario: Scenario, gateway: Gateway, stage: Stage): ClientRequest {
  const { transport, chain, token, api, serverName, host, path, resumed } = scenario.present
  lookUp(stage.file.world.apis, api)
  const text = token === null ? undefined : namedToken(token, stage.tokens)
  const issued = chain.map((name) => lookUp(certificatesOf(stage), name))
  const [leaf, ...others] = issued
  return {
    port: transport === "tls" ? gateway.tlsPort : gateway.plainPort,
    path: path ?? `/${api}/`,
    headers: {
      [REQUEST_ID]: scenario.id,
      ...(text !== undefined && { authorization: `Bearer ${text}` }),
      ...(host !== undefined && { host }),
    },
    ...(transport === "tls" && {
      tls: {
        authority: stage.identities.serverAuthority.pem,
        serverName,
        client: leaf && { chain: leaf.chainPem(...others), key: leaf.privateKeyPem },
        resumed: resumed === true,
      },
    }),
  }
}

function certificatesOf({ identities }: Stage) {
  return Object.fromEntries(identities.certificates)
}

function namedToken(name: string, { texts }: Tokens): string {
  return lookUp(Object.fromEntries(texts), name)
}

function observe(decision: Decision | undefined, status: number, { nameOf }: Tokens): Observation {
  const verdict = decision?.verdict
  if (verdict === undefined)
    return { verdict: undefined, reason: undefined, session: undefined, status }
  if (verdict._tag === "Deny") {
    return { verdict: "Deny", reason: verdict.reason, session: undefined, status }
  }
  const { session } = verdict.identity
  const name = session === undefined ? null : (nameOf(session) ?? "another")
  return { verdict: "Allow", reason: undefined, session: name, status }
}

function unanswered(scenario: Scenario): Omit<Outcome, "differences"> {
  return {
    scenario,
    verdict: undefined,
    reason: undefined,
    session: undefined,
    status: undefined,
    by: undefined,
    microseconds: undefined,
  }
}

function differenceOf(why: string): Difference {
  return { what: "answer", expected: "an HTTP answer", observed: why }
}
