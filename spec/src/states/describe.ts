import {
  connectionDimensions,
  type Dimension,
  holderDimensions,
  pathDimensions,
  policyDimensions,
  sessionDimensions,
  tokenDimensions,
} from "./dimensions.ts"
import type { PathState, SessionState, State, TokenState } from "./state.ts"

type Dimensions = Readonly<Record<string, Dimension>>

/** A state in words, one line per part; only what differs from the plainest class is named. */
export function describe({ policy, connection, credentials }: State): string {
  const { groups, ...rule } = policy
  const { paths, ...line } = connection
  const { holder, relation, holderSession, authToken, jwt } = credentials
  const related = holderDimensions.relation.classes[relation]
  return [
    `policy: ${words(policyDimensions, rule)}${groups.length > 0 ? `; groups ${mechanisms(groups)}` : ""}`,
    `connection: ${words(connectionDimensions, line)}`,
    ...paths.map((path, i) => `path ${i + 1}: ${pathWords(path)}`),
    `authToken: ${tokenWords(authToken)}`,
    ...(jwt.kind === 0 ? [] : [`jwt: ${tokenWords(jwt)}`]),
    `holder: ${holderDimensions.holder.classes[holder]}`,
    `certificate's session: ${related === "another" ? `another, ${sessionWords(holderSession)}` : related}`,
  ].join("\n")
}

function mechanisms(groups: State["policy"]["groups"]): string {
  const names = policyDimensions.identity.classes
  return JSON.stringify(groups.map((group) => group.map((identity) => names[identity])))
}

function pathWords(path: PathState): string {
  const { anchor, time, status } = pathDimensions
  return `${anchor.classes[path.anchor]}, ${time.classes[path.time]}, ${status.classes[path.status]}`
}

function tokenWords({ kind, confirmation, session }: TokenState): string {
  const name = tokenDimensions.kind.classes[kind]
  const confirmed = `confirmation ${tokenDimensions.confirmation.classes[confirmation]}`
  if (name === "none" || name === "invalid") return name
  return [
    name,
    ...(confirmation === 0 ? [] : [confirmed]),
    ...(name === "session" ? [sessionWords(session)] : []),
  ].join(", ")
}

function sessionWords(session: SessionState): string {
  return words(sessionDimensions, session)
}

function words(dimensions: Dimensions, classes: object): string {
  const named = Object.entries(classes).flatMap(([name, place]) =>
    place === 0 ? [] : [`${name} ${dimensions[name]?.classes[place]}`],
  )
  return named.length === 0 ? "plain" : named.join(", ")
}
