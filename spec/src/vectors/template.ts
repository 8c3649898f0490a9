/** A place in a template: `{what}` or `{what:name}`. */
export interface Place {
  readonly what: string
  readonly name: string
}

const place = /\{([a-z0-9-]{1,20})(?::([^{}]{1,100}))?\}/g

/** The places of a template, in order. */
export function placesOf(template: string): readonly Place[] {
  return [...template.matchAll(place)].map(([, what = "", name = ""]) => ({ what, name }))
}

/** The text of a template, each place filled. */
export function fill(template: string, textOf: (place: Place) => string): string {
  return template.replace(place, (_text, what: string, name = "") => textOf({ what, name }))
}
