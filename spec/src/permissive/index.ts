export {
  type Answer,
  answerOf,
  answers,
  type Direction,
  directionOf,
  directions,
  type Said,
} from "./answer.ts"
export { type EvidenceName, evidences, fits } from "./evidence.ts"
export {
  misreadings,
  permissive,
  type Reader,
  readCredentials,
  readerOf,
  weaknesses,
} from "./permissive.ts"
