import {
  type Authority,
  asAuthority,
  createAuthority,
  type Issued,
  nameConstraints,
  selfSigned,
  sharedKey,
  type Validity,
} from "@countersign/pki"
import type { CertificateRecipe, ExchangeWorld } from "../vectors/exchange.ts"
import { revocationReasons } from "../vectors/revocation-reasons.ts"

export const DAY = 86_400_000

/** Makes the certificates of a world by their recipes, with keys of this run; issuers must exist. */
export async function issueCertificates(
  recipes: ExchangeWorld["certificates"],
  now: number,
): Promise<ReadonlyMap<string, Issued>> {
  const made = new Map<string, Promise<Issued>>()
  const make = (name: string): Promise<Issued> => {
    const known = made.get(name) ?? issue(name, recipeOf(name, recipes), make, now)
    made.set(name, known)
    return known
  }
  const all = Object.keys(recipes).map(async (name) => [name, await make(name)] as const)
  return new Map(await Promise.all(all))
}

/** Makes the revocation lists of a world, as PEM. */
export function issueRevocationLists(
  { revocationLists = {} }: ExchangeWorld,
  certificates: ReadonlyMap<string, Issued>,
  now: number,
): Promise<readonly string[]> {
  const get = (name: string): Issued => {
    const issued = certificates.get(name)
    if (issued === undefined) throw new TypeError(`no certificate is named ${name}`)
    return issued
  }
  return Promise.all(
    Object.entries(revocationLists).map(async ([name, { revoked, validity }]) => {
      const { pem } = await asAuthority(get(name)).crl({
        thisUpdate: now + validity.fromDays * DAY,
        nextUpdate: now + validity.toDays * DAY,
        revoked: revoked.map((one) =>
          typeof one === "string"
            ? { certificate: get(one) }
            : { certificate: get(one.certificate), reason: revocationReasons[one.reason] },
        ),
      })
      return pem
    }),
  )
}

function recipeOf(name: string, recipes: ExchangeWorld["certificates"]): CertificateRecipe {
  const recipe = recipes[name]
  if (recipe === undefined) throw new TypeError(`no certificate is named ${name}`)
  return recipe
}

async function issue(
  name: string,
  recipe: CertificateRecipe,
  make: (issuer: string) => Promise<Issued>,
  now: number,
): Promise<Issued> {
  const { issuer, subject = name, authority, names, permits } = recipe
  const { usage = "client", key = "P-256" } = recipe
  const signer: Authority | undefined =
    issuer === undefined ? undefined : asAuthority(await make(issuer))
  const options = {
    name: subject,
    // RSA keys take a tenth of a second each: there is one of a kind.
    key: key === "P-256" ? key : await sharedKey(key),
    ...validityOf(recipe, now),
    ...(permits !== undefined && { extensions: [nameConstraints({ permitted: permits })] }),
  }
  if (authority === true) {
    return signer === undefined ? createAuthority(options) : signer.issueAuthority(options)
  }
  const named = { ...options, ...(names !== undefined && { san: names }) }
  return signer === undefined
    ? selfSigned({ ...named, ca: authority !== false })
    : signer.issue({ ...named, usage })
}

function validityOf(
  { validity }: CertificateRecipe,
  now: number,
): { readonly validity?: Validity } {
  if (validity === undefined) return {}
  const { fromDays, toDays } = validity
  return { validity: { notBefore: now + fromDays * DAY, notAfter: now + toDays * DAY } }
}
