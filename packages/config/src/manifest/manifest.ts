import * as Schema from "effect/Schema"
import { type Decoder, decoder } from "../document/decode.ts"
import { flag, text, texts } from "../document/fields.ts"
import { isRecord, own } from "../document/record.ts"
import { below, type Place, problem, type Report, shown } from "../problem.ts"

/** An object of Kubernetes that decides about access, with its own members not yet read. */
export interface Manifest {
  readonly kind: "ApiDefinition" | "TykOasApiDefinition" | "Secret" | "ConfigMap"
  readonly namespace: string
  readonly name: string
  readonly value: Readonly<Record<string, unknown>>
  readonly place: Place
}

const kinds: ReadonlySet<unknown> = new Set([
  "ApiDefinition",
  "TykOasApiDefinition",
  "Secret",
  "ConfigMap",
])

const metadata: Decoder<{ readonly name: string; readonly namespace?: string }> = decoder(
  Schema.Struct({ name: Schema.NonEmptyString, namespace: text }),
)

/** Whether a document is an object of Kubernetes. */
export function isManifest(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && typeof value["apiVersion"] === "string" && "kind" in value
}

/** Reads the head of an object of Kubernetes, and those of the objects of a list; others are reported. */
export function readManifests(
  value: Readonly<Record<string, unknown>>,
  place: Place,
  report: Report,
): readonly Manifest[] {
  const items = own(value, "items")
  if (own(value, "kind") === "List" && Array.isArray(items)) {
    return items.flatMap((item: unknown, i) =>
      isRecord(item) ? readOne(item, below(place, "items", i), report) : [],
    )
  }
  return readOne(value, place, report)
}

function readOne(
  value: Readonly<Record<string, unknown>>,
  place: Place,
  report: Report,
): readonly Manifest[] {
  const kind = own(value, "kind")
  if (!isKind(kind)) {
    const message = `objects of kind ${shown(String(kind))} decide nothing here`
    report(problem("manifest.not_read", below(place, "kind"), message, "none, if that is meant"))
    return []
  }
  const head = metadata(own(value, "metadata"), below(place, "metadata"), report)
  if (head === undefined) return []
  return [{ kind, namespace: head.namespace || "default", name: head.name, value, place }]
}

function isKind(kind: unknown): kind is Manifest["kind"] {
  return kinds.has(kind)
}

/** `spec` of a TykOasApiDefinition (SEMANTICS §10). */
export const decodeOasSpec: Decoder<OasSpec> = decoder(
  Schema.Struct({
    tykOAS: Schema.Struct({
      configmapRef: Schema.Struct({
        name: Schema.NonEmptyString,
        namespace: text,
        keyName: Schema.NonEmptyString,
      }),
    }),
    clientCertificate: Schema.optionalKey(Schema.Struct({ enabled: flag, allowlist: texts })),
  }),
)

export interface OasSpec {
  readonly tykOAS: {
    readonly configmapRef: {
      readonly name: string
      readonly namespace?: string
      readonly keyName: string
    }
  }
  readonly clientCertificate?: {
    readonly enabled?: boolean
    readonly allowlist?: readonly string[] | null
  }
}

/** What an ApiDefinition says beyond a classic definition. */
export const decodeReferences: Decoder<{
  readonly client_certificate_refs?: readonly string[] | null
}> = decoder(Schema.Struct({ client_certificate_refs: texts }))
