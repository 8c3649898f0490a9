import { defineConfig } from "vitest/config"

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

export default defineConfig({
  resolve: { conditions: [condition] },
  ssr: { resolve: { conditions: [condition] } },
  test: {
    reporters: ["default", "./scripts/closing-line.ts"],
    coverage: { provider: "v8", include: ["packages/*/src/**", "adapters/*/src/**"] },
    projects: packages.map((root) => ({
      extends: true,
      root,
      test: { name: root.split("/").at(-1) ?? root, include: ["test/**/*.test.ts"] },
    })),
  },
})
