import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { certificateId } from "@countersign/x509"
import type { Identities } from "./issue-world.ts"
import type { Flag, World } from "./scenario-file.ts"
import { lookUp, type Tokens } from "./tokens.ts"

const DAY = 86_400_000

export interface GatewayContents {
  readonly world: World
  readonly identities: Pick<Identities, "certificates" | "revocationLists">
  readonly tokens: Tokens
  readonly flags: readonly Flag[]
  /** Epoch milliseconds. */
  readonly now: number
}

/** Writes the folder of one gateway as an operator would: settings, definitions, sessions, certificates. */
export function writeGateway(folder: string, contents: GatewayContents): void {
  const { world } = contents
  const write = (path: string, value: unknown): void =>
    writeFileSync(join(folder, path), `${JSON.stringify(value, undefined, 2)}\n`)
  for (const name of ["apis", "sessions", "certs", "crls"]) mkdirSync(join(folder, name))
  write("gateway.json", gatewaySettings(contents))
  for (const [name, api] of Object.entries(world.apis)) {
    write(`apis/${name}.json`, definition(name, api, contents))
  }
  write("sessions/all.json", sessions(contents))
  for (const [name, { stored }] of Object.entries(world.certificates)) {
    if (stored !== undefined) storeCertificate(folder, name, stored, contents)
  }
  for (const [name, pem] of contents.identities.revocationLists) {
    writeFileSync(join(folder, "crls", `${name}.pem`), pem)
  }
}

function gatewaySettings(contents: GatewayContents): object {
  const { world, flags } = contents
  const asked = ["allow_dynamic_mtls_token_auth", "disable_certificate_token_binding"] as const
  return {
    security: {
      ...Object.fromEntries(asked.map((flag) => [flag, flags.includes(flag)])),
      certificates: { apis: world.gateway.allowList.map((name) => storedId(name, contents)) },
    },
  }
}

function definition(
  name: string,
  { organisation, identity, allowList, domain }: World["apis"][string],
  contents: GatewayContents,
): object {
  return {
    name,
    api_id: name,
    org_id: lookUp(contents.world.organisations, organisation),
    active: true,
    protocol: "http",
    proxy: { listen_path: `/${name}/`, strip_listen_path: true },
    ...(domain !== undefined && { domain }),
    use_keyless: identity === "keyless",
    ...(identity !== "keyless" && {
      use_standard_auth: true,
      auth_configs: { authToken: { use_certificate: identity === "certificate" } },
    }),
    use_mutual_tls_auth: allowList !== undefined,
    client_certificates: (allowList ?? []).map((entry) => storedId(entry, contents)),
    version_data: { not_versioned: true, versions: { Default: { name: "Default" } } },
  }
}

function sessions({ world, identities: { certificates }, tokens, now }: GatewayContents): object {
  const entries = Object.entries(world.sessions).map(([name, session]) => {
    const orgId = lookUp(world.organisations, session.organisation)
    const idOf = (certificate: string): string =>
      certificateId(orgId, certificates.get(certificate)?.sha256 ?? "")
    const { certificate, bindings, apis, inactive = false, expiresDays } = session
    const record = {
      org_id: orgId,
      alias: name,
      access_rights: Object.fromEntries(
        apis.map((id) => [id, { api_id: id, versions: ["Default"] }]),
      ),
      expires: expiresDays === undefined ? 0 : Math.floor((now + expiresDays * DAY) / 1000),
      is_inactive: inactive,
      ...(certificate !== undefined && { certificate: idOf(certificate) }),
      ...(bindings !== undefined && { mtls_static_certificate_bindings: bindings.map(idOf) }),
    }
    return [tokens.keys.get(name) ?? name, record]
  })
  return Object.fromEntries(entries)
}

function storedId(name: string, { world, identities: { certificates } }: GatewayContents): string {
  const organisation = lookUp(world.certificates, name).stored ?? ""
  const orgId = lookUp(world.organisations, organisation)
  return certificateId(orgId, certificates.get(name)?.sha256 ?? "")
}

function storeCertificate(
  folder: string,
  name: string,
  organisation: string,
  { world, identities: { certificates } }: GatewayContents,
): void {
  const place = join(folder, "certs", lookUp(world.organisations, organisation))
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, `${name}.pem`), certificates.get(name)?.pem ?? "")
}
