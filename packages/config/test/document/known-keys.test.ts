import { expect, it } from "vitest"
import { checkKeys } from "../../src/document/known-keys.ts"
import type { Problem } from "../../src/problem.ts"

const known = {
  use_keyless: true,
  security: { allow_dynamic_mtls_token_auth: true },
  auth: true,
} as const

function check(value: unknown): readonly string[] {
  const problems: Problem[] = []
  checkKeys(value, known, "document.misspelt_key", { file: "f", place: "$" }, (found) =>
    problems.push(found),
  )
  return problems.map(({ code, place }) => `${code} ${place}`)
}

it("names members that are misspelt, however they are", () => {
  for (const name of ["use_keyles", "use_keylesss", "use_kyeless", "use-keyless", "use_heyless"]) {
    expect(check({ [name]: true })).toEqual([`document.misspelt_key $.${name}`])
  }
  expect(check({ security: { allow_dynamic_mtls_token_ahth: true } })).toEqual([
    "document.misspelt_key $.security.allow_dynamic_mtls_token_ahth",
  ])
})

it("leaves everything else alone", () => {
  expect(check({ use_keyless: true, use_key: 1, name: 2, other: {}, security: 3 })).toEqual([])
  expect(check({ constructor: 1, toString: 2, hasOwnProperty: 3 })).toEqual([])
  expect(check([{ use_keyles: true }])).toEqual([])
})

it("does not mistake a member for one that stands beside it", () => {
  expect(check({ auth: {}, oauth: {} })).toEqual([])
})

it("knows a name in every style of writing, also beside the right one", () => {
  for (const name of ["useKeyless", "use.keyless", "use keyless", "UseKeyless", "usekeyless"]) {
    expect(check({ use_keyless: false, [name]: true })).toHaveLength(1)
  }
  expect(check({ "use.keylss": true })).toHaveLength(1)
})

it("names members that speak of client certificates and are not known", () => {
  for (const name of ["mutual_tls", "mTLS", "clientCertificateRefs", "x-client-certs"]) {
    expect(check({ [name]: {} })).toHaveLength(1)
  }
  expect(check({ upstream_certificates: {}, certificates: [] })).toEqual([])
})

it("refuses other letter case, which other readers honour", () => {
  expect(check({ Use_Keyless: true })).toEqual(["document.key_case $.Use_Keyless"])
  expect(check({ use_keyless: false, USE_KEYLESS: true })).toEqual([
    "document.key_case $.USE_KEYLESS",
  ])
})
