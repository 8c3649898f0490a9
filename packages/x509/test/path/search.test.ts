import {
  type Authority,
  createAuthority,
  createKey,
  type Issued,
  nameConstraints,
} from "@countersign/pki"
import { beforeAll, describe, expect, it } from "vitest"
import { misfit } from "../../src/path/signature-check.ts"
import { failureTag, outcome, present, prove } from "../fixtures/prove.ts"

const year = 365 * 86_400_000
const past = { notBefore: present - 3 * year, notAfter: present - year }
const always = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY }

let root: Authority
let intermediate: Authority
let leaf: Issued

beforeAll(async () => {
  root = await createAuthority({ name: "root" })
  intermediate = await root.issueAuthority({ name: "intermediate" })
  leaf = await intermediate.issue({ name: "leaf" })
})

describe("the failure of a search", () => {
  it("names the certificate whose issuer is missing, not one below it", () => {
    expect(outcome({ leaf, extras: [intermediate], anchors: [] })).toBe(
      "CN=intermediate: issuer CN=root is neither an anchor nor presented",
    )
  })

  it("names the first extra that cannot be read", () => {
    const broken = { der: intermediate.der.subarray(1) }
    const { failure } = prove({ leaf, extras: [leaf, broken, broken], anchors: [root] })
    expect(failure).toMatchObject({ _tag: "ExtraUnreadable", index: 1 })
  })

  it("is another key where identifiers say so, and costs no signature", async () => {
    const namesake = await createAuthority({ name: "intermediate" })
    const { failure, spent } = prove({ leaf, anchors: [namesake] })
    expect(failure?._tag).toBe("KeyIdentifierDiffers")
    expect(spent.signatures).toBe(0)
  })

  it("of a validity that ends before it begins is that it has ended", async () => {
    const validity = { notBefore: present, notAfter: present - 1000 }
    const client = await root.issue({ name: "client", validity })
    expect(outcome({ leaf: client, anchors: [root] })).toBe("CN=client: expired")
  })

  it("is no budget where as many extras were presented as are looked at", () => {
    const chain = { leaf, extras: [leaf], anchors: [root] }
    expect(failureTag(chain, { budget: { extras: 1 } })).toBe("IssuerUnknown")
    expect(failureTag(chain, { budget: { extras: 0 } })).toBe("BudgetExhausted")
  })
})

describe("a path", () => {
  it("may have one key under two names", async () => {
    const key = await createKey()
    const first = await root.issueAuthority({ name: "first", key })
    const second = await first.issueAuthority({ name: "second", key })
    const client = await second.issue({ name: "client" })
    expect(outcome({ leaf: client, extras: [first, second], anchors: [root] })).toEqual([
      root.sha256,
    ])
  })

  it("is constrained in every name but those of self-issued intermediates", async () => {
    const extensions = [nameConstraints({ permitted: [{ dirName: { O: "good" } }] })]
    const constrained = await root.issueAuthority({ name: "nc", extensions })
    const renewed = await constrained.issueAuthority({ name: "nc" })
    const client = await renewed.issue({ subject: { O: "good", CN: "client" } })
    const extras = [constrained, renewed]
    expect(failureTag({ leaf: client, extras, anchors: [root] })).toBe("proven")
    const outside = await constrained.issueAuthority({ name: "outside" })
    const below = await outside.issue({ subject: { O: "good", CN: "client" } })
    expect(outcome({ leaf: below, extras: [constrained, outside], anchors: [root] })).toBe(
      "CN=outside: directory:CN=outside is not permitted under the name constraint directory:O=good of CN=nc",
    )
  })
})

describe("what a search costs and how long its answer lasts", () => {
  it("asks for one signature once, however many ways lead over it", async () => {
    const key = await createKey()
    const twins = await Promise.all([1, 2, 3].map(() => root.issueAuthority({ name: "twin", key })))
    const client = await (twins[0] ?? root).issue({ name: "client" })
    const { paths, spent } = prove({ leaf: client, extras: twins, anchors: [root] })
    expect(paths).toHaveLength(3)
    expect(spent.signatures).toBe(4)
  })

  it("tries an issuer that is valid now before one that is not, were there but two", async () => {
    const key = await createKey()
    const [late, valid] = await Promise.all(
      [past, undefined].map((validity) =>
        root.issueAuthority(
          validity === undefined ? { name: "twin", key } : { name: "twin", key, validity },
        ),
      ),
    )
    if (late === undefined || valid === undefined) throw new Error("no twins")
    const client = await valid.issue({ name: "client" })
    const chain = { leaf: client, extras: [late, valid], anchors: [root] }
    expect(prove(chain, { budget: { paths: 1 } }).spent.signatures).toBe(2)
  })

  it("keeps as many paths out of their time as it may, and says that there are more", async () => {
    const key = await createKey()
    const twins = await Promise.all(
      [1, 2].map(() => root.issueAuthority({ name: "twin", key, validity: past })),
    )
    const client = await (twins[0] ?? root).issue({ name: "client" })
    const chain = { leaf: client, extras: twins, anchors: [root] }
    const cut = prove(chain, { budget: { paths: 1 } })
    expect(cut.paths).toHaveLength(1)
    expect(cut.complete.from).toBe(past.notAfter + 1000)
    const whole = prove(chain, { budget: { paths: 2 } })
    expect([whole.paths.length, whole.complete]).toEqual([2, always])
  })

  it("lasts no longer than its certificates where the last signature could not be paid", () => {
    const chain = { leaf, anchors: [intermediate] }
    const { paths, failure, complete } = prove(chain, { budget: { signatures: 0 } })
    expect(paths).toEqual([])
    expect(failure).toEqual({ _tag: "BudgetExhausted", budget: "signatures" })
    expect(complete.until).toBeLessThan(Number.POSITIVE_INFINITY)
  })
})

describe("a signature algorithm that does not fit", () => {
  const pss = { _tag: "RsaPss", hash: "SHA-256", saltLength: 32 } as const
  const unfit = "signature algorithm does not fit the issuer's key"

  it("says why", () => {
    const unsupported = { _tag: "Unsupported", oid: "1.2.3", reason: "MD5" } as const
    expect(misfit(unsupported, { _tag: "Ed25519" })).toBe("MD5 (1.2.3)")
    expect(misfit(pss, { _tag: "Ec", curve: "P-256" })).toBe(unfit)
    expect(misfit({ _tag: "RsaPkcs1", hash: "SHA-256" }, { _tag: "Ed448" })).toBe(unfit)
  })

  it("is not one whose salt is as long as the key asks", () => {
    const key = { _tag: "Rsa", bits: 2048, use: { hash: "SHA-256", saltLength: 32 } } as const
    expect(misfit(pss, key)).toBeUndefined()
    expect(misfit({ ...pss, saltLength: 31 }, key)).toBe(unfit)
  })
})
