import { integer } from "./asn1.ts"
import { children, contentOf, elementAt, indefinite, nonMinimal, spliceAt } from "./der-splice.ts"
import { bitString, concat, DER_NULL, DER_TRUE, octetString, sequence, tlv } from "./der-writer.ts"
import { encodeName } from "./name.ts"

type Change = (element: Uint8Array) => Uint8Array

/** Positions in a TBSCertificate of version 3 (RFC 5280 §4.1). */
const VERSION = 0
const SERIAL = 1
const ISSUER = 3
const NOT_BEFORE = [4, 0]
const NOT_AFTER = [4, 1]
const SUBJECT = 5
const PUBLIC_KEY = [6, 1]
const EXTENSIONS = [7, 0]

const UTC_TIME = 0x17
const GENERALIZED_TIME = 0x18

/** What can be wrong inside a signed body. */
export const MALFORMED_BODIES = {
  "duplicate-extension": inExtensions((all) => sequence(...children(all), first(all))),
  "empty-extensions": inExtensions(() => sequence()),
  "extension-trailing-bytes": inExtension((oid, value) => [
    oid,
    octetString(concat([contentOf(value), DER_NULL])),
  ]),
  "bad-boolean": inExtension((oid, value) => [oid, Uint8Array.of(0x01, 0x01, 0x01), value]),
  "long-boolean": inExtension((oid, value) => [oid, Uint8Array.of(0x01, 0x02, 0xff, 0xff), value]),
  "encoded-default-boolean": inExtension((oid, value) => [
    oid,
    Uint8Array.of(0x01, 0x01, 0x00),
    value,
  ]),
  "constructed-octet-string": inExtension((oid, value) => [oid, DER_TRUE, tlv(0x24, value)]),
  "non-minimal-oid": inExtension((oid, value) => [
    tlv(0x06, Uint8Array.of(0x80), contentOf(oid)),
    value,
  ]),
  "non-minimal-inner-length": at([SUBJECT], nonMinimal),
  "indefinite-inner-length": at(EXTENSIONS, indefinite),
  "non-minimal-integer": at([SERIAL], (serial) =>
    tlv(0x02, Uint8Array.of(0), contentOf(serial).with(0, 0x01)),
  ),
  "empty-integer": at([SERIAL], () => tlv(0x02)),
  "encoded-default-version": at([VERSION], () => tlv(0xa0, integer(0))),
  "unknown-version": at([VERSION], () => tlv(0xa0, integer(3))),
  "extensions-without-version": (tbs) => sequence(...children(tbs).slice(SERIAL)),
  "extra-field": (tbs) => sequence(...children(tbs), DER_NULL),
  "empty-issuer": at([ISSUER], () => encodeName([])),
  "empty-rdn": at([SUBJECT], () => sequence(tlv(0x31))),
  "unsorted-rdn": at([SUBJECT], unsorted),
  "bad-utf8": at([SUBJECT, 0, 0, 1], () => tlv(0x0c, Uint8Array.of(0xc3, 0x28))),
  "bad-printable-string": at([SUBJECT, 0, 0, 1], () => tlv(0x13, ascii("a@b"))),
  "time-without-seconds": time(NOT_BEFORE, UTC_TIME, "2001010000Z"),
  "time-with-offset": time(NOT_BEFORE, UTC_TIME, "200101000000+0000"),
  "time-without-zone": time(NOT_BEFORE, GENERALIZED_TIME, "20200101000000"),
  "time-with-fraction": time(NOT_BEFORE, GENERALIZED_TIME, "20200101000000.5Z"),
  "impossible-time": time(NOT_AFTER, UTC_TIME, "491331000000Z"),
  "unused-key-bits": at(PUBLIC_KEY, (key) => bitString(contentOf(key).subarray(1), 1)),
  "garbled-key": at(PUBLIC_KEY, (key) => bitString(contentOf(key).subarray(1).fill(0x5a))),
} as const satisfies Record<string, Change>

function at(path: readonly number[], change: Change): Change {
  return (tbs) => spliceAt(tbs, path, change)
}

function time(path: readonly number[], tag: number, text: string): Change {
  return at(path, () => tlv(tag, ascii(text)))
}

function inExtensions(change: Change): Change {
  return at(EXTENSIONS, change)
}

/** Rewrites the first extension; its criticality is the change's to write. */
function inExtension(parts: (oid: Uint8Array, value: Uint8Array) => readonly Uint8Array[]): Change {
  return at([...EXTENSIONS, 0], (extension) => {
    const fields = children(extension)
    return sequence(...parts(elementAt(extension, [0]), elementAt(extension, [fields.length - 1])))
  })
}

function first(list: Uint8Array): Uint8Array {
  return elementAt(list, [0])
}

function unsorted(): Uint8Array {
  const sorted = encodeName([
    [
      { type: "CN", value: "a" },
      { type: "OU", value: "b" },
    ],
  ])
  return spliceAt(sorted, [0], (set) => tlv(0x31, ...children(set).toReversed()))
}

function ascii(text: string): Uint8Array {
  return Buffer.from(text, "latin1")
}
