import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type Changes, type Watched, watchFiles } from "../../src/serve/watch-files.ts"
import { type Folder, temporaryFolder } from "../gateway-folder.ts"

let folder: Folder
let elsewhere: Folder
let watched: Watched | undefined
beforeEach(() => {
  folder = temporaryFolder()
  elsewhere = temporaryFolder()
})
afterEach(async () => {
  await watched?.close()
  folder.remove()
  elsewhere.remove()
})

/** Watches, changes something, and waits for changes that are the wanted ones. */
async function changesAfter(
  change: () => void,
  isWanted: (changes: Changes) => boolean = () => true,
): Promise<Changes> {
  const files = await watchFiles(folder.path)
  watched = files
  return new Promise((resolve) => {
    files.listen((changes) => {
      if (isWanted(changes)) resolve(changes)
    })
    change()
  })
}

describe("a watched folder", () => {
  it("tells which file was changed", async () => {
    const file = folder.write("apis/a.json", "{}")
    folder.write("apis/b.json", "{}")
    expect(await changesAfter(() => writeFileSync(file, "[1]"))).toEqual(new Set([file]))
  })

  it("tells nothing of packages and repositories that stand beside", async () => {
    const changes = await changesAfter(() => {
      folder.write("node_modules/a/a.json", "{}")
      folder.write(".git/config", "")
      folder.write("a.json", "{}")
    })
    expect(changes).toEqual(new Set([join(folder.path, "a.json")]))
  })

  it("tells of several files at once", async () => {
    const changes = await changesAfter(() => {
      folder.write("a.json", "{}")
      folder.write("b.json", "{}")
    })
    expect(changes).toEqual(new Set([join(folder.path, "a.json"), join(folder.path, "b.json")]))
  })

  it("tells which file was removed, and which was replaced by renaming another", async () => {
    const file = folder.write("apis/a.json", "{}")
    expect(await changesAfter(() => rmSync(file))).toEqual(new Set([file]))
    await watched?.close()
    folder.write("apis/a.json", "{}")
    const other = elsewhere.write("new.json", "[1]")
    const changes = await changesAfter(() => renameSync(other, file))
    expect(changes).toEqual(new Set([file]))
  })

  it("forgets nothing that changed before anybody listened", async () => {
    const files = await watchFiles(folder.path)
    watched = files
    const file = folder.write("a.json", "{}")
    const changes = new Promise((resolve) => files.listen(resolve))
    expect(await changes).toEqual(new Set([file]))
  })

  it("tells of anything when the link turns by which Kubernetes swaps files", async () => {
    const version = (name: string, text: string) => {
      mkdirSync(join(folder.path, "apis", name), { recursive: true })
      folder.write(`apis/${name}/a.json`, text)
    }
    version("..1", "{}")
    symlinkSync("..1", join(folder.path, "apis", "..data"))
    symlinkSync("..data/a.json", join(folder.path, "apis", "a.json"))
    const changes = await changesAfter(
      () => {
        version("..2", "[1]")
        symlinkSync("..2", join(folder.path, "apis", "..tmp"))
        renameSync(join(folder.path, "apis", "..tmp"), join(folder.path, "apis", "..data"))
        rmSync(join(folder.path, "apis", "..1"), { recursive: true })
      },
      (all) => all === "anything",
    )
    expect(changes).toBe("anything")
  })

  it("tells of anything when a file changes that is followed elsewhere", async () => {
    const file = elsewhere.write("a.pem", "one")
    const files = await watchFiles(folder.path)
    watched = files
    await files.follow([file])
    const changes = new Promise((resolve) => files.listen(resolve))
    writeFileSync(file, "another")
    expect(await changes).toBe("anything")
  })

  it("tells of anything when a file changes that a link leads to", async () => {
    const file = elsewhere.write("a.pem", "one")
    symlinkSync(file, join(folder.path, "a.pem"))
    expect(await changesAfter(() => writeFileSync(file, "another"))).toBe("anything")
  })
})
