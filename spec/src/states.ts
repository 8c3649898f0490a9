/**
 * The abstract state of a decision: every dimension with its classes and why they suffice, and the products of
 * them that are run. A class is merged with another only where the published text cannot tell the two apart,
 * never because an engine does not look; each product says what it merges and where that is run in full.
 */
export { type Comparison, compare, type Engine } from "./states/compare.ts"
export { concretise } from "./states/concretise.ts"
export { describe } from "./states/describe.ts"
export {
  connectionDimensions,
  type Dimension,
  holderDimensions,
  pathDimensions,
  policyDimensions,
  sessionDimensions,
  tokenDimensions,
} from "./states/dimensions.ts"
export { minimise } from "./states/minimise.ts"
export { compareInParallel } from "./states/parallel.ts"
export { indexOf, type Product, sizeOf, stateAt } from "./states/product.ts"
export { type ProductName, productNamed, productNames } from "./states/products.ts"
export { disagreement } from "./states/report.ts"
export type { State } from "./states/state.ts"
