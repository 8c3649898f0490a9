import { type EChartsOption, init } from "echarts"
import type { Chart, Column, Table } from "../results/result.ts"
import { cellText } from "./format.ts"

export const themeNames = ["light", "dark"] as const
export type ThemeName = (typeof themeNames)[number]

interface Theme {
  readonly text: string
  readonly quiet: string
  readonly line: string
  readonly series: readonly string[]
}

const themes: Readonly<Record<ThemeName, Theme>> = {
  light: { text: "#1f2328", quiet: "#59636e", line: "#d1d9e0", series: ["#0969da", "#bc4c00"] },
  dark: { text: "#f0f6fc", quiet: "#9198a1", line: "#3d444d", series: ["#4493f8", "#db6d28"] },
}

const WIDTH = 860
const BAR = 14
const SPACE = 14
/** Of a letter at the size of labels, about: there is no font to ask. */
const LETTER = 6.6
const fontFamily = "system-ui, sans-serif"

/** A table's chart as SVG without a background, for a page of either brightness. */
export function chartSvg(table: Table, chart: Chart, name: ThemeName): string {
  const theme = themes[name]
  const isBars = chart.kind === "bars"
  const row = SPACE + BAR * chart.series.length
  const height = isBars ? topOf(chart) + BOTTOM + row * table.rows.length : 360
  const drawn = init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height })
  try {
    drawn.setOption({
      ...common(chart, theme),
      ...(isBars ? bars(table, chart, theme) : lines(table, chart, theme)),
    })
    return still(drawn.renderToSVGString(), chart.title)
  } finally {
    drawn.dispose()
  }
}

/** A picture hears no pointer; and it has a title for those who cannot see it. */
function still(svg: string, title: string): string {
  const plain = svg
    .replace(/<style\b.*<\/style>\n?/s, "")
    .replaceAll(/ (?:class|pointer-events)="[^"]*"/g, "")
  const end = plain.indexOf(">") + 1
  return `${plain.slice(0, end)}\n<title>${title}</title>${plain.slice(end)}\n`
}

const BOTTOM = 36

/** Below the title and, where there is more than one series, the legend. */
function topOf({ series }: Chart): number {
  return series.length > 1 ? 72 : 44
}

function common({ title, unit, series }: Chart, { text, series: color }: Theme): EChartsOption {
  return {
    animation: false,
    color: [...color],
    textStyle: { fontFamily, color: text },
    title: {
      text: `${title}, ${unit}`,
      left: 8,
      top: 8,
      textStyle: { fontFamily, fontSize: 15, color: text },
    },
    legend: {
      show: series.length > 1,
      left: 8,
      top: 38,
      textStyle: { fontFamily, color: text },
    },
  }
}

function bars({ columns, rows }: Table, chart: Chart, theme: Theme): EChartsOption {
  const names = rows.map((row) => cellText(row[chart.x], {}))
  const longest = Math.max(...names.map(({ length }) => length))
  return {
    grid: { left: 16 + longest * LETTER, right: 80, top: topOf(chart), bottom: BOTTOM },
    xAxis: measureAxis(chart, theme),
    yAxis: {
      type: "category",
      data: names,
      inverse: true,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: theme.line } },
      axisLabel: { color: theme.text, interval: 0 },
    },
    series: chart.series.map((key) => ({
      type: "bar" as const,
      name: columnOf(columns, key).label,
      barWidth: BAR - 2,
      barGap: "15%",
      data: rows.map((row) => ({
        value: numberOf(row[key]),
        label: {
          show: true,
          position: "right" as const,
          color: theme.text,
          formatter: cellText(row[key], columnOf(columns, key)),
        },
      })),
    })),
  }
}

function lines({ columns, rows }: Table, chart: Chart, theme: Theme): EChartsOption {
  const x = rows.map((row) => numberOf(row[chart.x]))
  return {
    grid: { left: 76, right: 32, top: topOf(chart) + 8, bottom: 48 },
    xAxis: {
      type: "log",
      name: columnOf(columns, chart.x).label,
      nameLocation: "middle",
      nameGap: 28,
      min: Math.min(...x),
      max: Math.max(...x),
      nameTextStyle: { color: theme.quiet },
      axisLine: { lineStyle: { color: theme.line } },
      axisLabel: { color: theme.quiet, formatter: (value: number) => cellText(value, {}) },
      splitLine: { show: false },
    },
    yAxis: measureAxis(chart, theme),
    series: chart.series.map((key) => ({
      type: "line" as const,
      name: columnOf(columns, key).label,
      symbol: "circle",
      symbolSize: 7,
      data: rows
        .map((row) => [numberOf(row[chart.x]), numberOf(row[key])])
        .filter((point) => point.every(Number.isFinite)),
    })),
  }
}

function measureAxis({ isLogarithmic }: Chart, theme: Theme) {
  return {
    type: isLogarithmic ? ("log" as const) : ("value" as const),
    axisLine: { lineStyle: { color: theme.line } },
    axisLabel: { color: theme.quiet, formatter: (value: number) => cellText(value, {}) },
    splitLine: { lineStyle: { color: theme.line } },
  }
}

function columnOf(columns: readonly Column[], key: string): Column {
  return columns.find((column) => column.key === key) ?? { key, label: key }
}

function numberOf(cell: Table["rows"][number][string] | undefined): number {
  return typeof cell === "number" ? cell : Number.NaN
}
