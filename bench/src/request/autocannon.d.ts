/** What is used of autocannon, which has no types of its own. */
declare module "autocannon" {
  interface Options {
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
    readonly connections: number
    readonly amount: number
    readonly tlsOptions: { readonly cert: string; readonly key: string }
    readonly servername: string
    /** Milliseconds between samples. */
    readonly sampleInt: number
  }
  interface Outcome {
    readonly errors: number
    readonly non2xx: number
  }
  interface Running extends Promise<Outcome> {
    on(
      event: "response",
      listener: (client: object, status: number, bytes: number, milliseconds: number) => void,
    ): this
  }
  export default function autocannon(options: Options): Running
}
