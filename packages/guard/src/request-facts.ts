import type { RequestHead } from "@countersign/http"
import type { Connection } from "./connection.ts"

/** One request, as an adapter hands it over. */
export interface RequestFacts {
  /** Epoch milliseconds. */
  readonly now: number
  readonly connection: Connection
  readonly head: RequestHead
  /** The API that the application says the request is for; without it the guard's routes say. */
  readonly api?: string
}
