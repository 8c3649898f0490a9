import {
  decide,
  type Holder,
  type Peer,
  type Policy,
  type PolicyInput,
  policy,
  type Request,
  type Session,
  type Token,
  type Verdict,
} from "@countersign/engine"
import type { Subject } from "../../subject.ts"

/** The engine with one fault, which somebody could make while the code still reads well. */
export interface BrokenSubject {
  readonly id: string
  /** A law that catches it, by its id. */
  readonly caughtBy: string
  readonly what: string
  readonly subject: Subject
}

/** Where a fault sits: before the engine compiles, before it decides, or after. */
export interface FaultParts {
  readonly input?: (input: PolicyInput) => PolicyInput
  readonly policy?: (compiled: Policy, request: Request) => Policy
  readonly request?: (request: Request, compiled: Policy) => Request
  readonly verdict?: (verdict: Verdict, request: Request, compiled: Policy) => Verdict
}

export function broken(
  id: string,
  caughtBy: string,
  what: string,
  parts: FaultParts,
): BrokenSubject {
  const same = <T>(value: T): T => value
  const { input = same, request = same, verdict = same } = parts
  const change = parts.policy ?? same
  return {
    id,
    caughtBy,
    what,
    subject: {
      name: id,
      policy: (given) => compile(input(given)),
      decide: (compiled, asked) => {
        const changed = lenient(() => change(compiled, asked), compiled)
        const heard = lenient(() => request(asked, compiled), asked)
        const answered = decide(changed, heard)
        return lenient(() => verdict(answered, asked, compiled), answered)
      },
    },
  }
}

const compiled = new WeakMap<PolicyInput, Policy>()

/** Once for every fault that compiles the same input. */
function compile(input: PolicyInput): Policy {
  const known = compiled.get(input)
  if (known !== undefined) return known
  const made = policy(input)
  compiled.set(input, made)
  return made
}

/** Faults are about sound requests; what is damaged goes to the engine as it is. */
function lenient<T>(change: () => T, otherwise: T): T {
  try {
    return change()
  } catch {
    return otherwise
  }
}

export function peerOf({ connection }: Request): Peer | undefined {
  return connection._tag === "plain" || connection.peer === "none" ? undefined : connection.peer
}

export function onPeer(request: Request, change: (peer: Peer) => Peer): Request {
  const peer = peerOf(request)
  if (peer === undefined) return request
  return { ...request, connection: { _tag: "tls", peer: change(peer) } }
}

export function onHolder(request: Request, change: (holder: Holder) => Holder): Request {
  return request.holder === undefined ? request : { ...request, holder: change(request.holder) }
}

export function onTokens(request: Request, change: (token: Token) => Token): Request {
  const { authToken, jwt } = request.credentials
  return {
    ...request,
    credentials: {
      authToken: authToken === "none" ? "none" : change(authToken),
      jwt: typeof jwt === "string" ? jwt : change(jwt),
    },
  }
}

export function onRecords(request: Request, change: (record: Session) => Session): Request {
  const changed = <T extends Token | Holder>(owner: T): T =>
    owner.session === undefined ? owner : { ...owner, session: change(owner.session) }
  return onHolder(onTokens(request, changed), changed)
}

export function onFlags(compiled: Policy, flags: Partial<Policy["flags"]>): Policy {
  return { ...compiled, flags: { ...compiled.flags, ...flags } }
}
