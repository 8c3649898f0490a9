import type { CertificateEntry } from "./certificates/entry.ts"
import type { ListedEntry, ReadReferenced } from "./certificates/resolve.ts"
import { type CompileContext, type CompiledApi, compileApi } from "./compile-api.ts"
import type { ApiDefinition, CertificateReference } from "./definition/api-definition.ts"
import type { FileReading } from "./file-reader.ts"
import type { Problem, Report } from "./problem.ts"

/** Compiles definitions; those that were compiled before from the same things are not compiled again. */
export type CompileApis = (
  definitions: readonly ApiDefinition[],
  context: CompileContext,
  read: ReadReferenced,
  report: Report,
) => readonly CompiledApi[]

interface Remembered {
  readonly context: CompileContext
  readonly files: readonly (readonly [CertificateReference, FileReading<CertificateEntry>])[]
  readonly compiled: CompiledApi
  readonly problems: readonly Problem[]
}

export function rememberApis(): CompileApis {
  const memory = new WeakMap<ApiDefinition, Remembered>()
  let last: CompileContext | undefined
  return (definitions, given, read, report) => {
    const context = last !== undefined && isSame(last, given) ? last : given
    last = context
    return definitions.map((definition) => {
      const known = memory.get(definition)
      if (known !== undefined && isCurrent(known, definition, context, read)) {
        known.problems.forEach(report)
        return known.compiled
      }
      const fresh = compile(definition, context, read)
      memory.set(definition, fresh)
      fresh.problems.forEach(report)
      return fresh.compiled
    })
  }
}

function isCurrent(
  { context, files }: Remembered,
  definition: ApiDefinition,
  current: CompileContext,
  read: ReadReferenced,
): boolean {
  if (context !== current) return false
  return files.every(([reference, reading]) => read(reference, definition) === reading)
}

function compile(
  definition: ApiDefinition,
  context: CompileContext,
  read: ReadReferenced,
): Remembered {
  const files: [CertificateReference, FileReading<CertificateEntry>][] = []
  const problems: Problem[] = []
  const recorded: ReadReferenced = (reference, owner) => {
    const reading = read(reference, owner)
    files.push([reference, reading])
    return reading
  }
  const compiled = compileApi(definition, context, recorded, (found) => problems.push(found))
  return { context, files, compiled, problems }
}

function isSame(a: CompileContext, b: CompileContext): boolean {
  return (
    a.store === b.store &&
    a.preset === b.preset &&
    a.lists === b.lists &&
    a.flags.boundCertificateSatisfiesAllowList === b.flags.boundCertificateSatisfiesAllowList &&
    JSON.stringify(a.settings) === JSON.stringify(b.settings) &&
    isSameList(a.everyApi, b.everyApi)
  )
}

function isSameList(a: readonly ListedEntry[], b: readonly ListedEntry[]): boolean {
  return a.length === b.length && a.every(({ entry }, i) => entry === b[i]?.entry)
}
