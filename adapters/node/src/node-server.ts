import type { Server as HttpServer } from "node:http"
import type { Http2SecureServer, Http2Server } from "node:http2"
import type { Server as HttpsServer } from "node:https"

export type NodeServer = HttpServer | HttpsServer | Http2Server | Http2SecureServer
