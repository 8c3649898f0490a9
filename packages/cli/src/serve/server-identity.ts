import type { Configuration } from "@countersign/config"
import { readHostPattern } from "@countersign/http"
import { readFile } from "../read-files.ts"
import { OperatorError } from "../terminal.ts"

export interface ServerIdentity {
  readonly cert: string
  readonly key: string
  readonly isThrowAway: boolean
}

/** The server's certificate as given, or one made for this run, which clients cannot know. */
export async function serverIdentity(
  { cert, key }: { readonly cert?: string; readonly key?: string },
  configuration: Configuration,
): Promise<ServerIdentity> {
  if (cert !== undefined && key !== undefined) {
    return { cert: readFile(cert), key: readFile(key), isThrowAway: false }
  }
  if (cert !== undefined || key !== undefined) {
    throw new OperatorError(
      "--cert and --key belong together; give both, or none for a throw-away one",
    )
  }
  const { createAuthority } = await import("@countersign/pki")
  const authority = await createAuthority({ name: "countersign serve" })
  const san = [{ ip: "127.0.0.1" }, "localhost", ...exactHosts(configuration)]
  const issued = await authority.issue({ name: "localhost", usage: "server", san })
  return { cert: issued.pem, key: issued.privateKeyPem, isThrowAway: true }
}

function exactHosts({ facts }: Configuration): readonly string[] {
  const patterns = facts.apis.flatMap(({ definition }) => {
    const read = readHostPattern(definition.host)
    return "_tag" in read ? [] : read
  })
  return [...new Set(patterns.flatMap((one) => (one._tag === "exact" ? [one.name] : [])))]
}
