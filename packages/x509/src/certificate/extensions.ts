import { close, contextTag, fail, more, nextTag, open, type Reader, tags } from "../der/reader.ts"
import { booleanDefaultFalse, count, oid } from "../der/values.ts"
import { type BasicConstraints, readBasicConstraints } from "./extension/basic-constraints.ts"
import { type DistributionPoint, readDistributionPoints } from "./extension/distribution-points.ts"
import { readInformationAccess } from "./extension/information-access.ts"
import {
  type AuthorityKeyIdentifier,
  readAuthorityKeyIdentifier,
  readSubjectKeyIdentifier,
} from "./extension/key-identifiers.ts"
import { type KeyUsage, readExtendedKeyUsage, readKeyUsage } from "./extension/key-usage.ts"
import { type NameConstraints, readNameConstraints } from "./extension/name-constraints.ts"
import {
  type PolicyConstraints,
  type PolicyMapping,
  readPolicies,
  readPolicyConstraints,
  readPolicyMappings,
} from "./extension/policies.ts"
import { type GeneralName, readGeneralNames } from "./general-name.ts"

/** One extension as it stands in the certificate. */
export interface Extension {
  readonly oid: string
  readonly critical: boolean
  /** Contents of the OCTET STRING. */
  readonly value: Uint8Array
}

/** Every extension, and the decoded values of those that decide something; undefined where absent. */
export interface Extensions {
  readonly all: readonly Extension[]
  readonly basicConstraints: BasicConstraints | undefined
  readonly keyUsage: ReadonlySet<KeyUsage> | undefined
  readonly extendedKeyUsage: ReadonlySet<string> | undefined
  readonly subjectAltName: readonly GeneralName[] | undefined
  readonly nameConstraints: NameConstraints | undefined
  readonly policies: ReadonlySet<string> | undefined
  readonly policyMappings: readonly PolicyMapping[] | undefined
  readonly policyConstraints: PolicyConstraints | undefined
  /** How many certificates may follow before anyPolicy loses its meaning. */
  readonly inhibitAnyPolicy: number | undefined
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier | undefined
  readonly subjectKeyIdentifier: string | undefined
  readonly informationAccess: true | undefined
  readonly crlDistributionPoints: readonly DistributionPoint[] | undefined
}

type Decoded = { -readonly [K in Exclude<keyof Extensions, "all">]: Extensions[K] }

export const extensionIds: Readonly<Record<keyof Decoded, string>> = {
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  nameConstraints: "2.5.29.30",
  crlDistributionPoints: "2.5.29.31",
  policies: "2.5.29.32",
  policyMappings: "2.5.29.33",
  authorityKeyIdentifier: "2.5.29.35",
  policyConstraints: "2.5.29.36",
  extendedKeyUsage: "2.5.29.37",
  inhibitAnyPolicy: "2.5.29.54",
  informationAccess: "1.3.6.1.5.5.7.1.1",
}

const decoders = new Map<string, (value: Reader, into: Decoded) => void>([
  [
    extensionIds.subjectKeyIdentifier,
    (value, into) => {
      into.subjectKeyIdentifier = readSubjectKeyIdentifier(value)
    },
  ],
  [
    extensionIds.keyUsage,
    (value, into) => {
      into.keyUsage = readKeyUsage(value)
    },
  ],
  [
    extensionIds.subjectAltName,
    (value, into) => {
      into.subjectAltName = readGeneralNames(value)
    },
  ],
  [
    extensionIds.basicConstraints,
    (value, into) => {
      into.basicConstraints = readBasicConstraints(value)
    },
  ],
  [
    extensionIds.nameConstraints,
    (value, into) => {
      into.nameConstraints = readNameConstraints(value)
    },
  ],
  [
    extensionIds.crlDistributionPoints,
    (value, into) => {
      into.crlDistributionPoints = readDistributionPoints(value)
    },
  ],
  [
    extensionIds.policies,
    (value, into) => {
      into.policies = readPolicies(value)
    },
  ],
  [
    extensionIds.policyMappings,
    (value, into) => {
      into.policyMappings = readPolicyMappings(value)
    },
  ],
  [
    extensionIds.authorityKeyIdentifier,
    (value, into) => {
      into.authorityKeyIdentifier = readAuthorityKeyIdentifier(value)
    },
  ],
  [
    extensionIds.policyConstraints,
    (value, into) => {
      into.policyConstraints = readPolicyConstraints(value)
    },
  ],
  [
    extensionIds.extendedKeyUsage,
    (value, into) => {
      into.extendedKeyUsage = readExtendedKeyUsage(value)
    },
  ],
  [
    extensionIds.inhibitAnyPolicy,
    (value, into) => {
      into.inhibitAnyPolicy = count(value)
    },
  ],
  [
    extensionIds.informationAccess,
    (value, into) => {
      into.informationAccess = readInformationAccess(value)
    },
  ],
])

const extensionsTag = contextTag(3, "constructed")

/** Reads the optional `extensions [3]` at the end of a TBSCertificate; an identifier may occur once (RFC 5280 §4.2). */
export function readExtensions(tbs: Reader): Extensions {
  const decoded = noExtensions()
  const all: Extension[] = []
  if (nextTag(tbs) !== extensionsTag) return { all, ...decoded }
  const tagged = open(tbs, extensionsTag, "extensions")
  const list = open(tagged, tags.sequence, "extensions")
  close(tagged)
  if (!more(list)) fail(list, "empty extensions")
  const seen = new Set<string>()
  while (more(list)) {
    const at = list.at
    const extension = readExtension(list, decoded)
    if (seen.has(extension.oid)) fail(list, `extension ${extension.oid} is repeated`, at)
    seen.add(extension.oid)
    all.push(extension)
  }
  return { all, ...decoded }
}

function readExtension(list: Reader, decoded: Decoded): Extension {
  const fields = open(list, tags.sequence, "an extension")
  const id = oid(fields)
  const critical = booleanDefaultFalse(fields)
  const value = open(fields, tags.octetString, "the value of an extension")
  close(fields)
  const octets = value.source.bytes.subarray(value.at, value.end)
  const decode = decoders.get(id)
  if (decode !== undefined) {
    decode(value, decoded)
    close(value)
  }
  return { oid: id, critical, value: octets }
}

function noExtensions(): Decoded {
  return {
    basicConstraints: undefined,
    keyUsage: undefined,
    extendedKeyUsage: undefined,
    subjectAltName: undefined,
    nameConstraints: undefined,
    policies: undefined,
    policyMappings: undefined,
    policyConstraints: undefined,
    inhibitAnyPolicy: undefined,
    authorityKeyIdentifier: undefined,
    subjectKeyIdentifier: undefined,
    informationAccess: undefined,
    crlDistributionPoints: undefined,
  }
}
