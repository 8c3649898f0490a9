import { once } from "node:events"
import { type ClientHttp2Session, connect } from "node:http2"
import autocannon from "autocannon"
import { quantile } from "../measure/statistics.ts"
import { work } from "../measure/worker.ts"
import type { Load, Loaded } from "./protocol.ts"

/** Runs one load at a time, in a process of its own, and answers with what it saw. */
work(import.meta.url, {}, (load: Load) => (load.isHttp2 ? http2Load(load) : http1Load(load)))

async function http1Load(load: Load): Promise<Loaded> {
  const latencies: number[] = []
  const { port, target, headers, client, connections, amount } = load
  const running = autocannon({
    url: `https://127.0.0.1:${port}${target}`,
    headers,
    connections,
    amount,
    tlsOptions: client,
    servername: "localhost",
    sampleInt: 20,
  })
  // autocannon ends with the next sample, so its own duration is too long.
  const start = performance.now()
  let end = start
  running.on("response", (_client, _status, _bytes, milliseconds) => {
    latencies.push(milliseconds * 1000)
    end = performance.now()
  })
  const { errors, non2xx } = await running
  if (errors + non2xx > 0) throw new Error(`${errors} errors, ${non2xx} denials`)
  if (latencies.length !== amount) throw new Error(`${latencies.length} answers to ${amount}`)
  return summary((end - start) / 1000, latencies)
}

/** autocannon speaks HTTP/1.1: this does the same, one request under way on each connection. */
async function http2Load(load: Load): Promise<Loaded> {
  const { port, client, connections, amount } = load
  const latencies: number[] = []
  const start = performance.now()
  const each = Array.from({ length: connections }, async () => {
    const session = connect(`https://127.0.0.1:${port}`, { ...client, rejectUnauthorized: false })
    await once(session, "connect")
    for (let i = 0; i < amount / connections; i++) latencies.push(await http2Request(session, load))
    session.close()
  })
  await Promise.all(each)
  return summary((performance.now() - start) / 1000, latencies)
}

async function http2Request(
  session: ClientHttp2Session,
  { target, headers }: Load,
): Promise<number> {
  const start = performance.now()
  const stream = session.request({ ":path": target, ...headers })
  let status: number | undefined
  stream.on("response", (response) => {
    status = response[":status"]
  })
  stream.resume()
  await once(stream, "end")
  if (status !== 200) throw new Error(`status ${status}`)
  return (performance.now() - start) * 1000
}

function summary(seconds: number, latencies: readonly number[]): Loaded {
  return { seconds, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) }
}
