import {
  type Anchor,
  type Certificate,
  describeFailure,
  type Examination,
  examine,
  type Malformed,
  type Profile,
  prepareAnchors,
  readCertificate,
  readPem,
  type SignatureCheck,
  type TrustPath,
} from "@countersign/x509"
import { verify as verifyOnNode } from "@countersign/x509/node"
import {
  checkRevocation,
  prepareRevocationLists,
  readPemRevocationLists,
  readRevocationList,
} from "@countersign/x509/revocation"
import { verify as verifyOnWebCrypto } from "@countersign/x509/webcrypto"
import type { LimboCase } from "./case.ts"

export interface JudgeOptions {
  readonly profile: Profile
  readonly signatures: "node" | "webcrypto"
  /** Epoch milliseconds for cases that name no time. */
  readonly now: number
}

export interface Verdict {
  readonly accepted: boolean
  /** Why not, in one sentence; empty if accepted. */
  readonly reason: string
}

/** Validates the chain of one case as a client's; a case that brings lists needs every certificate to be good. */
export async function judge(limboCase: LimboCase, options: JudgeOptions): Promise<Verdict> {
  const time = limboCase.validation_time
  const now = time === null ? options.now : Date.parse(time)
  const depth = limboCase.max_chain_depth
  const extras = limboCase.untrusted_intermediates.map(readOne)
  const search = examine(readOne(limboCase.peer_certificate), extras, anchorsOf(limboCase), {
    now,
    profile: options.profile,
    ...(depth === null ? {} : { depth }),
  })
  const examination = await run(search, options)
  const wholeSeconds = Math.floor(now / 1000) * 1000
  const valid = examination.paths.filter(
    ({ notBefore, notAfter }) => notBefore <= wholeSeconds && wholeSeconds <= notAfter,
  )
  if (valid.length === 0 || limboCase.crls.length === 0) return verdictOf(examination, valid)
  return judgeRevocation(limboCase, valid, { ...options, now })
}

function verdictOf({ failure }: Examination, valid: readonly TrustPath[]): Verdict {
  if (valid.length > 0) return { accepted: true, reason: "" }
  return { accepted: false, reason: failure === undefined ? "no path" : describeFailure(failure) }
}

async function judgeRevocation(
  limboCase: LimboCase,
  paths: readonly TrustPath[],
  options: JudgeOptions,
): Promise<Verdict> {
  const read = limboCase.crls.flatMap((pem) => readPemRevocationLists(pem).lists)
  const lists = read
    .map((der) => readRevocationList(der))
    .filter((list) => list._tag !== "Malformed")
  const prepared = prepareRevocationLists(lists)
  const signers = limboCase.untrusted_intermediates.map(readOne).filter(isCertificate)
  let reason = ""
  for (const path of paths) {
    const check = checkRevocation(path, prepared, { now: options.now, signers })
    const { status, freshUntil, certificates } = await run(check, options)
    if (status === "good" && Math.floor(options.now / 1000) * 1000 <= freshUntil) {
      return { accepted: true, reason: "" }
    }
    reason = certificates
      .map((one) => ("reason" in one ? `${one.status} ${one.reason}` : one.status))
      .join(", ")
  }
  return { accepted: false, reason }
}

async function run<A>(
  examination: Generator<SignatureCheck, A, boolean>,
  { signatures }: JudgeOptions,
): Promise<A> {
  return signatures === "node" ? verifyOnNode(examination) : verifyOnWebCrypto(examination)
}

function anchorsOf({ trusted_certs }: LimboCase): ReturnType<typeof prepareAnchors> {
  const anchors: Anchor[] = trusted_certs
    .map(readOne)
    .filter(isCertificate)
    .map((certificate, i) => ({ id: String(i), certificate }))
  return prepareAnchors(anchors)
}

function isCertificate(read: Certificate | Malformed): read is Certificate {
  return read._tag === "Certificate"
}

/** A text without a readable block is read as no bytes, which are no certificate. */
function readOne(pem: string): Certificate | Malformed {
  return readCertificate(readPem(pem).certificates[0] ?? new Uint8Array())
}
