/** Whether a text is an instant of the calendar, in UTC: the 30th of February is none. */
export function isInstant(text: string): boolean {
  const time = Date.parse(text)
  return Number.isFinite(time) && new Date(time).toISOString().slice(0, 19) === text.slice(0, 19)
}
