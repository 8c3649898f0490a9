import type { ConnectionState, CredentialState, PolicyState, State } from "./state.ts"

/** A finite set of states: every policy with every connection with every credential. */
export interface Product {
  readonly name: string
  readonly policies: readonly PolicyState[]
  readonly connections: readonly ConnectionState[]
  readonly credentials: readonly CredentialState[]
}

export function sizeOf({ policies, connections, credentials }: Product): number {
  return policies.length * connections.length * credentials.length
}

/** The state of an index in [0, size): mixed radix, connections vary fastest, then credentials. */
export function stateAt(product: Product, index: number): State {
  const { credentials, connections } = product
  const rest = Math.floor(index / connections.length)
  const connection = connections[index % connections.length]
  const credential = credentials[rest % credentials.length]
  const policy = product.policies[Math.floor(rest / credentials.length)]
  if (policy === undefined || connection === undefined || credential === undefined) {
    throw new RangeError(`${product.name} has no state ${index}`)
  }
  return { policy, connection, credentials: credential }
}

/** The index of a state of the product (the inverse of `stateAt`), or −1. */
export function indexOf(product: Product, state: State): number {
  const { policies, connections, credentials } = product
  const policy = placeOf(policies, state.policy)
  const connection = placeOf(connections, state.connection)
  const credential = placeOf(credentials, state.credentials)
  if (policy < 0 || connection < 0 || credential < 0) return -1
  return (policy * credentials.length + credential) * connections.length + connection
}

/** Abstract states hold numbers and lists of them, in a fixed order of fields: their text is their identity. */
function placeOf<T>(all: readonly T[], wanted: T): number {
  const text = JSON.stringify(wanted)
  return all.findIndex((one) => one === wanted || JSON.stringify(one) === text)
}
