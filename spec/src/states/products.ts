import { admissionStates } from "./admission.ts"
import { alternativeStates } from "./alternatives.ts"
import { boundaryStates } from "./boundaries.ts"
import { checkStates } from "./checks.ts"
import { farStates, jwtStates, nearStates } from "./near.ts"
import type { Product } from "./product.ts"

const products = {
  near: nearStates,
  far: farStates,
  jwt: jwtStates,
  admission: admissionStates,
  checks: checkStates,
  alternatives: alternativeStates,
  boundaries: boundaryStates,
} as const

export type ProductName = keyof typeof products

/** `far` is the one that takes minutes. */
export const productNames: readonly ProductName[] = Object.keys(products) as ProductName[]

export function productNamed(name: ProductName): Product {
  return products[name]()
}
