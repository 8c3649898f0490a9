#!/usr/bin/env node
import { main } from "../dist/limbo/main.js"

await main(process.argv.slice(2))
