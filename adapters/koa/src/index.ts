export { type CountersignOptions, type CountersignState, countersign } from "./middleware.ts"
