import { contents, fail, nextTag, type Reader, tags } from "./reader.ts"

const secondsPerDay = 86_400

/**
 * UTCTime or GeneralizedTime of RFC 5280 §4.1.2.5, in epoch milliseconds holding whole seconds.
 *
 * Exactly `YYMMDDHHMMSSZ` (two-digit years below 50 are 20YY) or `YYYYMMDDHHMMSSZ`, a date that the
 * calendar has; GeneralizedTime before 2050 is read too, since real authorities write it.
 */
export function time(reader: Reader): number {
  const at = reader.at
  const isUtc = nextTag(reader) === tags.utcTime
  const octets = contents(reader, isUtc ? tags.utcTime : tags.generalizedTime, "a time")
  const yearDigits = isUtc ? 2 : 4
  const pair = (index: number): number => digits(octets, yearDigits + 2 * index, 2)
  const year = isUtc ? windowed(digits(octets, 0, 2)) : digits(octets, 0, 4)
  const isForm = octets.length === yearDigits + 11 && octets[yearDigits + 10] === 0x5a
  if (!isForm || !isCalendar(year, pair(0), pair(1), pair(2), pair(3), pair(4))) {
    fail(reader, "not a time", at)
    return 0
  }
  const clock = pair(2) * 3600 + pair(3) * 60 + pair(4)
  return (daysFromEpoch(year, pair(0), pair(1)) * secondsPerDay + clock) * 1000
}

function windowed(year: number): number {
  return year < 50 ? 2000 + year : 1900 + year
}

/** NaN unless all are digits. */
function digits(octets: Uint8Array, from: number, length: number): number {
  let value = 0
  for (let i = from; i < from + length; i += 1) {
    const digit = (octets[i] ?? 0) - 0x30
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

function isCalendar(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): boolean {
  const isDate = year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
  return isDate && hour <= 23 && minute <= 59 && second <= 59
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
}

/** Proleptic Gregorian days since 1970-01-01; `Date.UTC` cannot say years below 100. */
function daysFromEpoch(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}
