import { expect, it } from "vitest"
import type { GeneralName } from "../../src/certificate/general-name.ts"
import { formatGeneralName } from "../../src/path/format-general-name.ts"
import { nameOf } from "../fixtures/made.ts"

const rows: readonly (readonly [GeneralName, string])[] = [
  [{ _tag: "Dns", text: "a.test" }, "dns:a.test"],
  [{ _tag: "Email", text: "a~!@b.test" }, "email:a~!@b.test"],
  [{ _tag: "Uri", text: "urn:a b\n\u0001" }, "uri:urn:a\\x20b\\x0a\\x01"],
  [{ _tag: "Directory", name: nameOf("root", "leaf") }, "directory:CN=leaf,CN=root"],
  [{ _tag: "Other", type: 8, bytes: Uint8Array.of(1, 255) }, "type 8:#01ff"],
  [{ _tag: "Ip", octets: Uint8Array.of(192, 0, 2, 1) }, "ip:192.0.2.1"],
  [
    { _tag: "Ip", octets: Uint8Array.of(192, 0, 2, 1, 255, 255, 255, 0) },
    "ip:192.0.2.1/255.255.255.0",
  ],
  [
    { _tag: "Ip", octets: Uint8Array.from({ length: 16 }, (_, i) => i) },
    "ip:0001:0203:0405:0607:0809:0a0b:0c0d:0e0f",
  ],
  [
    { _tag: "Ip", octets: new Uint8Array(32).fill(255, 16) },
    "ip:0000:0000:0000:0000:0000:0000:0000:0000/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
  ],
  [{ _tag: "Ip", octets: Uint8Array.of(1, 2, 3) }, "ip:#010203"],
]

it.each(rows)("%j is written so that a person can read it", (name, text) => {
  expect(formatGeneralName(name)).toBe(text)
})
