import { createAuthority } from "@countersign/pki"
import { definition, type Files } from "./folder.ts"

/**
 * Definitions that list ten of many stored certificates each, five by id and five by file.
 *
 * One authority signs them all: issuing is quick, and every certificate is distinct.
 */
export async function manyDefinitions(apis: number, certificates: number): Promise<Files> {
  const authority = await createAuthority({ name: "authority" })
  const files: Record<string, unknown> = {}
  const ids: string[] = []
  for (let i = 0; i < certificates; i++) {
    const issued = await authority.issue({ name: `client ${i}`, key: authority.key })
    files[`certs/${i}.pem`] = issued.pem
    ids.push(`org${issued.sha256}`)
  }
  for (let i = 0; i < apis; i++) {
    const listed = Array.from({ length: 10 }, (_, j) => {
      const at = (i * 10 + j) % certificates
      return j % 2 === 0 ? ids[at] : `certs/${at}.pem`
    })
    files[`apis/${i}.json`] = definition({
      api_id: `api-${i}`,
      use_mutual_tls_auth: true,
      client_certificates: listed,
      proxy: { listen_path: `/api-${i}/` },
    })
  }
  return files
}
