import { bindingRows } from "./binding.ts"
import { boundaryRows } from "./boundary.ts"
import { combinedRows } from "./combined.ts"
import { dynamicRows } from "./dynamic.ts"
import { inlineRows } from "./inline.ts"
import type { Row } from "./row.ts"

/** Every row that every host must answer alike. */
export const rows: readonly Row[] = [
  ...dynamicRows,
  ...bindingRows,
  ...combinedRows,
  ...inlineRows,
  ...boundaryRows,
]
