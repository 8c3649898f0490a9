import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config"

const condition = "@countersign/source"
const packages = [
  "packages/engine",
  "packages/x509",
  "packages/http",
  "packages/pki",
  "packages/guard",
  "packages/config",
  "packages/cli",
  "adapters/node",
  "adapters/fastify",
  "adapters/koa",
  "spec",
]

const everyTest = ["test/**/*.test.ts"]
const states = ["test/states.test.ts"]

export default defineConfig({
  resolve: { conditions: [condition] },
  ssr: { resolve: { conditions: [condition] } },
  test: {
    testTimeout: 30_000,
    reporters: ["default", "./scripts/closing-line.ts"],
    coverage: { provider: "v8", include: ["packages/*/src/**", "adapters/*/src/**"] },
    projects: [
      ...packages.map((root) => project(root, root.split("/").at(-1) ?? root, everyTest, states)),
      // Last and alone: it takes both cores for as long as everything else may.
      project("spec", "states", states, [], { groupOrder: 1 }),
    ],
  },
})

function project(
  root: string,
  name: string,
  include: string[],
  exclude: string[],
  sequence: { groupOrder: number } = { groupOrder: 0 },
): TestProjectInlineConfiguration {
  return { extends: true, root, test: { name, include, exclude, sequence } }
}
