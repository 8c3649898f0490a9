import { certificateId } from "@countersign/x509"
import type { Question } from "./question.ts"
import type { StoredSession } from "./stored-session.ts"
import type { FindCertificates, FindSessions } from "./stores.ts"

/** What the stores said about one request. */
export interface Answers {
  readonly token: StoredSession | undefined
  readonly certificate: StoredSession | undefined
  /** The presented leaf is stored. */
  readonly enrolled: boolean
  /** The certificate that the token's session names is stored. */
  readonly namedEnrolled: boolean
}

export interface Stores {
  readonly sessions: FindSessions
  readonly certificates: FindCertificates
}

const silence: Answers = {
  token: undefined,
  certificate: undefined,
  enrolled: false,
  namedEnrolled: false,
}

/**
 * Asks the stores once, and a second time only where the named certificate of the token's session
 * matters. Without a promise where the stores answer without one; a store's fault is thrown on.
 */
export function lookUp(question: Question, stores: Stores): Answers | Promise<Answers> {
  const { token, certificate, enrolment } = question
  if (token.length + certificate.length + enrolment.length === 0) return silence
  const sessions = askSessions(
    stores,
    certificate.length === 0 ? token : [...token, ...certificate],
  )
  const enrolled = enrolment.length === 0 ? [false] : stores.certificates(enrolment)
  if (sessions instanceof Promise || enrolled instanceof Promise) {
    return Promise.all([sessions, enrolled]).then(([found, stored]) =>
      withNamed(question, stores, answersOf(question, found, stored)),
    )
  }
  return withNamed(question, stores, answersOf(question, sessions, enrolled))
}

function askSessions(stores: Stores, keys: readonly string[]): ReturnType<FindSessions> {
  return keys.length === 0 ? [] : stores.sessions(keys)
}

function answersOf(
  { token, certificate }: Question,
  found: readonly (StoredSession | undefined)[],
  stored: readonly boolean[],
): Answers {
  if (found.length !== token.length + certificate.length || stored.length !== 1) {
    throw new TypeError("a store must answer every key, in order")
  }
  return {
    token: firstOf(found, 0, token.length),
    certificate: firstOf(found, token.length, found.length),
    enrolled: stored[0] === true,
    namedEnrolled: false,
  }
}

function firstOf(
  found: readonly (StoredSession | undefined)[],
  start: number,
  end: number,
): StoredSession | undefined {
  for (let i = start; i < end; i++) if (found[i] !== undefined) return found[i]
  return undefined
}

function withNamed(
  { asksForNamed }: Question,
  stores: Stores,
  answers: Answers,
): Answers | Promise<Answers> {
  const { token } = answers
  if (!asksForNamed || token === undefined || typeof token.certificate === "string") return answers
  const named = stores.certificates([certificateId(token.orgId, token.certificate.hex)])
  const withAnswer = (stored: readonly boolean[]): Answers => ({
    ...answers,
    namedEnrolled: stored[0] === true,
  })
  return named instanceof Promise ? named.then(withAnswer) : withAnswer(named)
}
