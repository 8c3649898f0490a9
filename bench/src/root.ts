/** The folder `bench/`, seen from `src/` and from `dist/` alike. */
export const root: URL = new URL("../", import.meta.url)
