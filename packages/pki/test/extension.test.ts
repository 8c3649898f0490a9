import { createHash, X509Certificate } from "node:crypto"
import * as pkijs from "pkijs"
import { beforeAll, describe, expect, it } from "vitest"
import { elementAt } from "../src/der-splice.ts"
import {
  type Authority,
  authorityKeyIdentifier,
  basicConstraints,
  certificatePolicies,
  createAuthority,
  DEFAULT_VALIDITY,
  type Extension,
  encodeName,
  extKeyUsage,
  inhibitAnyPolicy,
  keyUsage,
  type LeafOptions,
  nameConstraints,
  policyConstraints,
  policyMappings,
  subjectAltName,
  subjectKeyIdentifier,
  unknownExtension,
} from "../src/index.ts"

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex")

describe("extensions", () => {
  it.each<[string, Extension, string]>([
    ["the empty sequence for no authority", basicConstraints({ ca: false }), "3000"],
    ["cA", basicConstraints({ ca: true }), "30030101ff"],
    ["path length zero", basicConstraints({ ca: true, pathLength: 0 }), "30060101ff020100"],
    ["one usage bit", keyUsage(["digitalSignature"]), "03020780"],
    ["two usage bits", keyUsage(["keyCertSign", "cRLSign"]), "03020106"],
    ["the ninth usage bit", keyUsage(["decipherOnly"]), "0303070080"],
    ["no usage bit", keyUsage([]), "030100"],
    ["no purpose", extKeyUsage([]), "3000"],
    ["a purpose", extKeyUsage(["client"]), "300a06082b06010505070302"],
    ["a policy", certificatePolicies(["1.2.3"]), "3006300406022a03"],
    ["any policy", certificatePolicies(["any"]), "300830060604551d2000"],
    ["a policy mapping", policyMappings([["1.2.3", "1.2.4"]]), "300a300806022a0306022a04"],
    [
      "policy constraints",
      policyConstraints({ requireExplicitPolicy: 0, inhibitPolicyMapping: 2 }),
      "3006800100810102",
    ],
    ["inhibitAnyPolicy", inhibitAnyPolicy(3), "020103"],
    ["a subject key identifier", subjectKeyIdentifier(Uint8Array.of(1, 2)), "04020102"],
    [
      "an authority key identifier",
      authorityKeyIdentifier({
        keyId: Uint8Array.of(9),
        issuer: { dns: "a" },
        serial: Uint8Array.of(1),
      }),
      "300b800109a103820161820101",
    ],
    ["a dNSName", subjectAltName(["a.b"]), "30058203612e62"],
    ["an IPv4 address", subjectAltName([{ ip: "10.0.0.1" }]), "300687040a000001"],
    [
      "an IPv6 address",
      subjectAltName([{ ip: "2001:db8::1" }]),
      "3012871020010db8000000000000000000000001",
    ],
    ["an e-mail address", subjectAltName([{ email: "a@b" }]), "30058103614062"],
    ["a URI", subjectAltName([{ uri: "x:y" }]), "30058603783a79"],
    ["a registered id", subjectAltName([{ registeredId: "1.2.3" }]), "300488022a03"],
    [
      "a directory name",
      subjectAltName([{ dirName: "a" }]),
      "3010a40e300c310a30080603550403" + "0c0161",
    ],
    [
      "another name",
      subjectAltName([{ otherName: { oid: "1.2.3", value: Uint8Array.of(5, 0) } }]),
      "300aa00806022a03a0020500",
    ],
    [
      "name constraints",
      nameConstraints({ permitted: ["a"], excluded: [{ ip: "10.0.0.0/9" }] }),
      "3015a0053003820161a10c300a87080a000000" + "ff800000",
    ],
    ["name constraints without a list", nameConstraints({}), "3000"],
    ["name constraints with an empty list", nameConstraints({ permitted: [] }), "3002a000"],
    ["something nobody knows", unknownExtension(), "0500"],
  ])("write %s", (_, extension, value) => {
    expect(hex(extension.value)).toBe(value)
  })

  it("refuse a text that is no address", () => {
    expect(() => subjectAltName([{ ip: "10.0.0" }])).toThrow(TypeError)
    expect(() => subjectAltName([{ ip: "1::2::3" }])).toThrow(TypeError)
    expect(() => subjectAltName([{ ip: "1:2:3" }])).toThrow(TypeError)
    expect(() => subjectAltName([{ ip: "::10000" }])).toThrow(TypeError)
    expect(() => subjectAltName([{ ip: "10.0.0.256" }])).toThrow(TypeError)
  })
})

describe("a certificate's options", () => {
  let root: Authority
  beforeAll(async () => {
    root = await createAuthority({ name: "root" })
  })

  const issue = async (options: LeafOptions): Promise<pkijs.Certificate> =>
    pkijs.Certificate.fromBER(new Uint8Array((await root.issue(options)).der).buffer)
  const oids = (certificate: pkijs.Certificate): readonly string[] =>
    (certificate.extensions ?? []).map((extension) => extension.extnID)

  it("default to a client leaf", async () => {
    expect(oids(await issue({ name: "leaf" }))).toEqual([
      "2.5.29.15",
      "2.5.29.37",
      "2.5.29.14",
      "2.5.29.35",
    ])
  })

  it("replace, add, repeat and omit extensions", async () => {
    const certificate = await issue({
      name: "leaf",
      usage: "none",
      omit: ["subjectKeyIdentifier", "2.5.29.35"],
      extensions: [keyUsage([]), unknownExtension(), unknownExtension({ critical: false })],
    })
    expect(oids(certificate)).toEqual(["2.5.29.15", "1.3.6.1.4.1.55555.1", "1.3.6.1.4.1.55555.1"])
    expect(certificate.extensions?.map((extension) => extension.critical)).toEqual([
      true,
      true,
      false,
    ])
  })

  it("make version 1 without extensions", async () => {
    const certificate = await issue({ name: "old", version: 1 })
    expect([certificate.version, certificate.extensions]).toEqual([0, undefined])
  })

  it.each([
    [0, "020100"],
    [-1, "0201ff"],
    [255n, "020200ff"],
    [new Uint8Array(21).fill(0x11), `0215${"11".repeat(21)}`],
  ] as const)("take any serial number: %s", async (serial, expected) => {
    const { der } = await root.issue({ name: "leaf", serial })
    expect(hex(elementAt(der, [0, 1]))).toBe(expected)
  })

  it("write times as RFC 5280 says, and in any other form when told", async () => {
    const at = Date.UTC(2030, 0, 1)
    const late = await issue({
      name: "late",
      validity: { notBefore: at, notAfter: Date.UTC(2050, 0) },
    })
    const odd = await root.issue({
      name: "odd",
      validity: {
        notBefore: { at, form: "GeneralizedTime" },
        notAfter: { text: "never", form: "UTCTime" },
      },
    })
    expect([late.notBefore.type, late.notAfter.type]).toEqual([0, 1])
    expect(late.notBefore.value.getTime()).toBe(at)
    expect(Buffer.from(odd.der).includes("\x18\x0f20300101000000Z\x17\x05never")).toBe(true)
  })

  it("default to a fixed validity", async () => {
    const { validFrom, validTo } = new X509Certificate(root.der)
    expect([Date.parse(validFrom), Date.parse(validTo)]).toEqual([
      DEFAULT_VALIDITY.notBefore,
      DEFAULT_VALIDITY.notAfter,
    ])
  })

  it("certify a foreign public key", async () => {
    const other = await createAuthority({ name: "other", key: "P-384" })
    const { der } = await root.issue({ name: "leaf", spki: other.key.spki })
    const spki = new X509Certificate(der).publicKey.export({ type: "spki", format: "der" })
    expect(spki.equals(other.key.spki)).toBe(true)
  })

  it("mark the alternative name critical when there is no subject", async () => {
    const certificate = await issue({ san: ["a.b"] })
    const san = certificate.extensions?.find((extension) => extension.extnID === "2.5.29.17")
    expect(certificate.subject.typesAndValues).toEqual([])
    expect(san?.critical).toBe(true)
  })

  it("give every certificate another serial number", async () => {
    const serials = await Promise.all([1, 2, 3].map(() => root.issue({ name: "leaf" })))
    expect(new Set(serials.map((issued) => hex(issued.serial))).size).toBe(3)
    expect(createHash("sha1").update(root.key.spki).digest().equals(root.keyId)).toBe(true)
  })
})

describe("encodeName", () => {
  it("takes a text, attributes, RDNs and bytes", () => {
    const common = "300c310a300806035504030c0161"
    expect(hex(encodeName("a"))).toBe(common)
    expect(hex(encodeName({ CN: "a" }))).toBe(common)
    expect(hex(encodeName([{ type: "2.5.4.3", value: "a" }]))).toBe(common)
    expect(hex(encodeName(encodeName("a")))).toBe(common)
    expect(hex(encodeName([]))).toBe("3000")
  })

  it("chooses the string type by attribute, or as told", () => {
    expect(hex(encodeName({ C: "DE" }))).toContain("06035504061302")
    expect(hex(encodeName({ DC: "x" }))).toContain("1601")
    expect(hex(encodeName([{ type: "CN", value: "é", as: "TeletexString" }]))).toContain("1401e9")
    expect(hex(encodeName([{ type: "CN", value: "é", as: "BMPString" }]))).toContain("1e0200e9")
  })

  it("sorts the attributes of one RDN", () => {
    const [one, two] = [
      { type: "OU", value: "b" },
      { type: "CN", value: "a" },
    ]
    expect(hex(encodeName([[one, two]]))).toBe(hex(encodeName([[two, one]])))
    expect(hex(encodeName([[one, two]]))).toBe(
      "3016311430080603550403" + "0c0161" + "300806035504" + "0b0c0162",
    )
  })
})
