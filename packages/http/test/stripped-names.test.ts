import { expect, it } from "vitest"
import { strippedNames } from "../src/stripped-names.ts"
import { tokenSource } from "../src/token-source.ts"

it.each([
  ["G48", "Authorization", "authorization"],
  ["G49", "", "authorization"],
  ["G50", "MyAuth", "myauth"],
])("%s strips the header %j", (_name, authHeaderName, name) => {
  expect(strippedNames([tokenSource({ authHeaderName })])).toEqual({
    headers: [name],
    queryParameters: [],
    cookies: [],
  })
})

it("strips each name of several sources once, and nothing that is not read", () => {
  const sources = [
    tokenSource({ useParam: true, paramName: "p", useCookie: true, cookieName: "c" }),
    tokenSource({ useParam: true, paramName: "p", disableHeader: true }),
    tokenSource({ useCookie: true, disableHeader: true }),
  ]
  expect(strippedNames(sources)).toEqual({
    headers: ["authorization"],
    queryParameters: ["p"],
    cookies: ["c", "Authorization"],
  })
})
