#!/usr/bin/env node
import { main } from "../dist/states/main.js"

await main()
