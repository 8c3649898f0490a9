import { expect, it } from "vitest"
import { withDeadline } from "../src/deadline.ts"

const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length

it("an answer in time is the answer, and leaves no timer behind", async () => {
  const before = timers()
  expect(await withDeadline(Promise.resolve(5), 60_000)).toBe(5)
  await expect(withDeadline(Promise.reject(new Error("down")), 60_000)).rejects.toThrow("down")
  expect(timers()).toBe(before)
})

it("no answer in time is a fault that says how long it took", async () => {
  const never = new Promise<never>(() => {})
  await expect(withDeadline(never, 1)).rejects.toThrow("no answer within 1 ms")
})
