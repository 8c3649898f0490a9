import type { Cell, Column } from "../results/result.ts"

/** A cell as a person reads it: thousands apart, decimals as the column has them. */
export function cellText(cell: Cell | undefined, { digits = 0 }: Pick<Column, "digits">): string {
  if (cell === null || cell === undefined) return "–"
  return typeof cell === "string" ? cell : numberText(cell, digits)
}

export function numberText(value: number, digits: number): string {
  if (!Number.isFinite(value)) return "–"
  const [whole = "", ...decimals] = value.toFixed(digits).split(".")
  return [whole.replace(/\B(?=(\d{3})+$)/g, " "), ...decimals].join(".")
}

/** Three significant figures, as for measured values whose size is not known before. */
export function significant(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return numberText(value, 0)
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))))
  return numberText(value, Math.min(digits, 3))
}
