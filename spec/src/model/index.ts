export {
  judge,
  judgeWithin,
  NOT_ASKED,
  ruled,
  type Trace,
  traced,
  type View,
  viewOf,
} from "./judge.ts"
export { type ModelReason, modelReasons } from "./reasons.ts"
export { defaultAnswers, tykAnswers } from "./responses.ts"
export { type Code, codes, type ModelVerdict, sessionSources, verdictOf } from "./verdict.ts"
