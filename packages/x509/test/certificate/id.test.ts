import { describe, expect, it } from "vitest"
import { certificateId, readCertificateId } from "../../src/certificate/id.ts"

const digest = "0123456789abcdef".repeat(4)

describe("certificate ids", () => {
  it("are the organisation followed by the digest", () => {
    expect(certificateId("org", digest.toUpperCase())).toBe(`org${digest}`)
    expect(readCertificateId(`org${digest}`, "org")).toBe(digest)
    expect(readCertificateId(digest, "")).toBe(digest)
  })

  it("are read in either case and given in lower case", () => {
    expect(readCertificateId(`org${digest.toUpperCase()}`, "org")).toBe(digest)
  })

  it.each([
    ["a bare digest in an organisation", digest, "org"],
    ["an id of another organisation", `gro${digest}`, "org"],
    ["an id with an organisation where there is none", `org${digest}`, ""],
    ["a short digest", `org${digest.slice(1)}`, "org"],
    ["a long digest", `org${digest}0`, "org"],
    ["a digest with another letter", `org${digest.slice(1)}g`, "org"],
    ["a digest followed by a line break", `org${digest.slice(1)}\n`, "org"],
    ["an organisation in another case", `ORG${digest}`, "org"],
  ])("are not %s", (_, text, org) => {
    expect(readCertificateId(text, org)).toBeUndefined()
  })
})
