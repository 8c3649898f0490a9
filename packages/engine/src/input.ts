import { type Fingerprint, fingerprint } from "./fingerprint.ts"

/** Checks of plain data; each throws a `TypeError` that names the place. */

export function requireObject(value: unknown, place: string): void {
  if (typeof value !== "object" || value === null) {
    throw new TypeError(`${place} must be an object`)
  }
}

export function requireText(value: unknown, place: string): void {
  if (typeof value !== "string") throw new TypeError(`${place} must be a string`)
}

export function requireBoolean(value: unknown, place: string): void {
  if (typeof value !== "boolean") throw new TypeError(`${place} must be a boolean`)
}

/** A name that is not known is a name that would not be obeyed. */
export function refuseUnknown(input: object, known: readonly string[], place: string): void {
  for (const name of Object.keys(input)) {
    if (!known.includes(name)) {
      throw new TypeError(`${place}.${name} is not known; there are: ${known.join(", ")}`)
    }
  }
}

export function listOfTexts(value: unknown, place: string, otherwise: string): readonly string[] {
  if (!Array.isArray(value)) throw new TypeError(`${place} must be a list${otherwise}`)
  value.forEach((item: unknown, i) => {
    requireText(item, `${place}[${i}]`)
  })
  return value
}

export function fingerprintAt(value: string, place: string): Fingerprint {
  try {
    return fingerprint(value)
  } catch {
    const remedy = "64 hexadecimal digits, the SHA-256 of the DER without colons or organisation"
    throw new TypeError(`${place} must be ${remedy}`)
  }
}

export function fingerprintsAt(value: unknown, place: string, otherwise: string): Fingerprint[] {
  return listOfTexts(value, place, otherwise).map((hex, i) => fingerprintAt(hex, `${place}[${i}]`))
}
