export const sectionNames = ["decide", "paths", "request", "connection", "growth", "size"] as const
export type SectionName = (typeof sectionNames)[number]

export type Cell = string | number | null

export interface Column {
  readonly key: string
  readonly label: string
  /** Decimals of numbers; default 0. */
  readonly digits?: number
}

export interface Chart {
  /** Name of the file. */
  readonly id: string
  readonly title: string
  readonly kind: "bars" | "lines"
  /** Column of the categories or of the abscissa. */
  readonly x: string
  readonly series: readonly string[]
  readonly unit: string
  readonly isLogarithmic?: boolean
}

export interface Table {
  readonly title: string
  readonly about: string
  readonly columns: readonly Column[]
  readonly rows: readonly Readonly<Record<string, Cell>>[]
  readonly chart?: Chart
}

/** What a section found, before it is known where and when. */
export interface Findings {
  readonly tables: readonly Table[]
  /** By the id of a goal. */
  readonly measured: Readonly<Record<string, number>>
}

export interface Environment {
  readonly date: string
  readonly commit: string
  readonly node: string
  readonly v8: string
  readonly openssl: string
  readonly platform: string
  readonly processor: string
  readonly processors: number
  readonly memoryGiB: number
  /** Of the machine over the last minute when the section began. */
  readonly load: number
}

export interface Result extends Findings {
  readonly section: SectionName
  readonly seconds: number
  readonly environment: Environment
}
