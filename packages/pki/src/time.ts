import * as asn1js from "asn1js"
import { encode } from "./asn1.ts"
import { sequence, tlv } from "./der-writer.ts"

/**
 * Epoch milliseconds, written as RFC 5280 §4.1.2.5 wants (UTCTime before 2050); or a time with its
 * form; or the text itself, however wrong.
 */
export type Time =
  | number
  | { readonly at: number; readonly form: TimeForm }
  | { readonly text: string; readonly form: TimeForm }

export type TimeForm = "UTCTime" | "GeneralizedTime"

export interface Validity {
  readonly notBefore: Time
  readonly notAfter: Time
}

/** Fixed, so that nothing a test makes depends on the clock. */
export const DEFAULT_VALIDITY: { readonly notBefore: number; readonly notAfter: number } = {
  notBefore: Date.UTC(2020, 0, 1),
  notAfter: Date.UTC(2049, 11, 31, 23, 59, 59),
}

export function encodeValidity(validity: Validity): Uint8Array {
  return sequence(encodeTime(validity.notBefore), encodeTime(validity.notAfter))
}

export function encodeTime(time: Time): Uint8Array {
  if (typeof time === "number") return encodeTime({ at: time, form: defaultForm(time) })
  if ("text" in time) return tlv(TAGS[time.form], Buffer.from(time.text, "latin1"))
  const value = { valueDate: new Date(Math.floor(time.at / 1000) * 1000) }
  return encode(
    time.form === "UTCTime" ? new asn1js.UTCTime(value) : new asn1js.GeneralizedTime(value),
  )
}

const TAGS: Readonly<Record<TimeForm, number>> = { UTCTime: 0x17, GeneralizedTime: 0x18 }

function defaultForm(at: number): TimeForm {
  const year = new Date(at).getUTCFullYear()
  return year >= 1950 && year < 2050 ? "UTCTime" : "GeneralizedTime"
}
