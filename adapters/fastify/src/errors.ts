import createError from "@fastify/error"

/** Registered inside a scope: routes outside it would go unguarded. For one scope use `createHook`. */
export const NotRootError = createError(
  "FST_COUNTERSIGN_NOT_ROOT",
  "register @countersign/fastify on the root instance; inside one scope use createHook",
)

/** Scopes copy the hooks of their parent when they load; an earlier one would go unguarded. */
export const TooLateError = createError(
  "FST_COUNTERSIGN_TOO_LATE",
  "register @countersign/fastify before every scope: %s loaded earlier and would be unguarded",
)

export const NoGuardError = createError(
  "FST_COUNTERSIGN_NO_GUARD",
  "@countersign/fastify needs the option guard",
)

export const RouteConfigError = createError(
  "FST_COUNTERSIGN_ROUTE_CONFIG",
  "the route %s has a config.countersign that is neither false nor { api }",
)
