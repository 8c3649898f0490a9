import {
  type Authority,
  asAuthority,
  createAuthority,
  createKey,
  type Issued,
} from "@countersign/pki"
import { beforeAll, describe, expect, it } from "vitest"
import { readCertificate } from "../../src/certificate/certificate.ts"
import { prepareAnchors } from "../../src/path/anchors.ts"
import { describeFailure } from "../../src/path/describe-failure.ts"
import { examine } from "../../src/path/examine.ts"
import { failureTag, outcome, present, prove } from "../fixtures/prove.ts"
import { certificateOf } from "../fixtures/read.ts"

const year = 365 * 86_400_000
const past = { notBefore: present - 3 * year, notAfter: present - year }
const today = { notBefore: present - year, notAfter: present + year }
const future = { notBefore: present + year, notAfter: present + 3 * year }

let root: Authority
let intermediate: Authority
let leaf: Issued

beforeAll(async () => {
  root = await createAuthority({ name: "root" })
  intermediate = await root.issueAuthority({ name: "intermediate" })
  leaf = await intermediate.issue({ name: "leaf" })
})

describe("a proven path", () => {
  it("is valid in the intersection of all validities, the anchor's included", async () => {
    const long = await createAuthority({
      name: "long",
      validity: { notBefore: present - 9 * year, notAfter: present + 2 * year },
    })
    const middle = await long.issueAuthority({
      name: "middle",
      validity: { notBefore: present - year, notAfter: present + 9 * year },
    })
    const client = await middle.issue({ name: "client" })
    const { paths } = prove({ leaf: client, extras: [middle], anchors: [long] })
    expect(paths).toMatchObject([
      { anchor: long.sha256, notBefore: present - year, notAfter: present + 2 * year },
    ])
    expect(paths[0]?.certificates.map(({ serial }) => serial)).toEqual(
      [client, middle, long].map(({ der }) => certificateOf(der).serial),
    )
  })

  it("may end at an intermediate, and then nothing above matters", async () => {
    expect(outcome({ leaf, anchors: [intermediate] })).toEqual([intermediate.sha256])
    expect(outcome({ leaf, extras: [root], anchors: [intermediate] })).toEqual([
      intermediate.sha256,
    ])
  })

  it("is reported for every anchor that it reaches", () => {
    const found = outcome({ leaf, extras: [intermediate, root], anchors: [root, intermediate] })
    expect(found).toHaveLength(2)
    expect(new Set(found)).toEqual(new Set([root.sha256, intermediate.sha256]))
  })

  it("is reported out of its time too, with the certificate that is late", async () => {
    const old = await root.issueAuthority({ name: "old", validity: past })
    const client = await old.issue({ name: "client" })
    const result = prove({ leaf: client, extras: [old], anchors: [root] })
    expect(result.paths).toMatchObject([past])
    expect(result.failure && describeFailure(result.failure)).toBe("CN=old: expired")
    const early = await root.issue({ name: "early", validity: future })
    expect(outcome({ leaf: early, anchors: [root] })).toBe("CN=early: not yet valid")
  })

  it("floors the time to seconds, and includes both ends", async () => {
    const validity = { notBefore: present, notAfter: present + 5000 }
    const client = await root.issue({ name: "client", validity })
    const at = (now: number): string => failureTag({ leaf: client, anchors: [root] }, { now })
    expect(at(present - 1)).toBe("OutOfTime")
    expect(at(present)).toBe("proven")
    expect(at(present + 5999)).toBe("proven")
    expect(at(present + 6000)).toBe("OutOfTime")
    expect(at(Number.NaN)).toBe("OutOfTime")
  })
})

describe("the search", () => {
  it("prefers what is valid now, and needs no more signatures than the path has", async () => {
    const key = await createKey()
    const twins = await Promise.all(
      [past, future, today, past].map((validity) =>
        root.issueAuthority({ name: "twin", key, validity }),
      ),
    )
    const client = await (twins[0] ?? root).issue({ name: "client" })
    const budget = { paths: 1 }
    const { failure, spent } = prove({ leaf: client, extras: twins, anchors: [root] }, { budget })
    expect(failure).toBeUndefined()
    expect(spent.signatures).toBe(2)
  })

  it("comes back from dead ends", async () => {
    const stranger = await createAuthority({ name: "stranger" })
    const crossed = await stranger.crossSign(intermediate)
    const found = outcome({ leaf, extras: [crossed, stranger, intermediate], anchors: [root] })
    expect(found).toEqual([root.sha256])
  })

  it("ends on cycles", async () => {
    const a = await createAuthority({ name: "a" })
    const b = await createAuthority({ name: "b" })
    const loop = [await a.crossSign(b), await b.crossSign(a), a, b]
    const client = await a.issue({ name: "client" })
    expect(failureTag({ leaf: client, extras: loop, anchors: [root] })).toBe("IssuerUnknown")
  })

  it("counts the depth in intermediates that are not self-issued", async () => {
    const first = await root.issueAuthority({ name: "first" })
    const again = await first.issueAuthority({ name: "first" })
    const second = await again.issueAuthority({ name: "second" })
    const client = await second.issue({ name: "client" })
    const chain = { leaf: client, extras: [first, again, second], anchors: [root] }
    expect(failureTag(chain, { depth: 1 })).toBe("PathTooLong")
    expect(failureTag(chain, { depth: 2 })).toBe("proven")
    expect(failureTag({ leaf: client, anchors: [second] }, { depth: 0 })).toBe("proven")
  })
})

describe("a budget", () => {
  async function namesakes(count: number): Promise<readonly Issued[]> {
    const omit = ["authorityKeyIdentifier", "subjectKeyIdentifier"] as const
    const stranger = await createAuthority({ name: "stranger" })
    return Promise.all(
      Array.from({ length: count }, () => stranger.issueAuthority({ name: "root", omit })),
    )
  }

  it("of signatures ends a search among namesakes", async () => {
    const omit = ["authorityKeyIdentifier"] as const
    const client = await root.issue({ name: "client", omit })
    const extras = await namesakes(30)
    const stranger = await createAuthority({ name: "other" })
    const { failure, spent } = prove(
      { leaf: client, extras, anchors: [stranger] },
      { budget: { signatures: 10 } },
    )
    expect(failure).toEqual({ _tag: "BudgetExhausted", budget: "signatures" })
    expect(spent).toMatchObject({ signatures: 10, exhausted: "signatures" })
    expect(
      outcome({ leaf: client, extras, anchors: [root] }, { budget: { signatures: 10 } }),
    ).toEqual([root.sha256])
  })

  it("of steps and of comparisons are failures of their own", async () => {
    const chain = { leaf, extras: [intermediate], anchors: [root] }
    expect(outcome(chain, { budget: { steps: 1 } })).toBe("no path within the budget of steps")
    expect(outcome(chain, { budget: { comparisons: 0 } })).toBe(
      "no path within the budget of comparisons",
    )
  })

  it("of extras ignores the rest and says so", async () => {
    const extras = [...(await namesakes(3)), intermediate]
    expect(outcome({ leaf, extras, anchors: [root] }, { budget: { extras: 3 } })).toBe(
      "no path within the budget of extras",
    )
    expect(outcome({ leaf, extras, anchors: [root] }, { budget: { extras: 4 } })).toEqual([
      root.sha256,
    ])
  })
})

describe("the time in which an answer is complete", () => {
  it("is all time for a search that ended by itself", () => {
    expect(prove({ leaf, extras: [intermediate], anchors: [root] }).complete).toEqual({
      from: Number.NEGATIVE_INFINITY,
      until: Number.POSITIVE_INFINITY,
    })
  })

  it("otherwise ends where a certificate begins or ceases to be valid, and the answer stays the same inside", async () => {
    const key = await createKey()
    const [now, later] = await Promise.all([
      root.issueAuthority({
        name: "twin",
        key,
        validity: today,
      }),
      root.issueAuthority({ name: "twin", key, validity: future }),
    ])
    const client = await now.issue({ name: "client" })
    const chain = { leaf: client, extras: [now, later], anchors: [root] }
    const budget = { paths: 1 }
    const first = prove(chain, { budget })
    expect(first.complete).toEqual({ from: present - year, until: future.notBefore - 1000 })
    for (const at of [first.complete.from, first.complete.until]) {
      expect(prove(chain, { budget, now: at }).paths).toEqual(first.paths)
    }
  })
})

describe("examine", () => {
  it("explains the most specific failure of several", async () => {
    const short = await root.issueAuthority({ name: "intermediate", pathLength: 0 })
    const below = await short.issueAuthority({ name: "below" })
    const client = await below.issue({ name: "client" })
    const stranger = await createAuthority({ name: "below" })
    const extras = [stranger, below, short]
    expect(outcome({ leaf: client, extras, anchors: [root] })).toBe(
      "CN=intermediate: allows at most 0 intermediates",
    )
  })

  it("takes certificates that were read before, and asks for one signature at a time", () => {
    const anchors = prepareAnchors([{ id: "root", certificate: certificateOf(root.der) }])
    const search = examine(certificateOf(leaf.der), [certificateOf(intermediate.der)], anchors, {
      now: present,
    })
    expect(search.next().value).toMatchObject({ algorithm: { _tag: "Ecdsa" } })
    expect(search.next(true).done).toBe(false)
    expect(search.next(true).value).toMatchObject({
      paths: [{ anchor: "root" }],
      failure: undefined,
    })
  })

  it("never trusts what the signature layer denies", () => {
    const anchors = prepareAnchors([{ id: "root", certificate: certificateOf(root.der) }])
    const search = examine(certificateOf(leaf.der), [certificateOf(intermediate.der)], anchors, {
      now: present,
    })
    search.next()
    expect(search.next(false).value).toMatchObject({
      paths: [],
      failure: { _tag: "SignatureInvalid" },
    })
  })

  it("says where a leaf cannot be read", () => {
    const anchors = prepareAnchors([])
    const { value } = examine(readCertificate(leaf.der.subarray(1)), [], anchors, {
      now: present,
    }).next()
    expect(value).toMatchObject({ paths: [], failure: { _tag: "LeafUnreadable" } })
  })

  it("describes every failure in one line", async () => {
    const forged = asAuthority({ ...root, key: await createKey() })
    const client = await forged.issue({ name: "line\nbreak" })
    const text = outcome({ leaf: client, anchors: [root] })
    expect(text).toMatch(
      /^CN=line\\0abreak: is not signed by the key of CN=root with serial [0-9a-f]+$/,
    )
  })
})
