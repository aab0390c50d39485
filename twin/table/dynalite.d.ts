declare module "dynalite" {
  import type { Server } from "node:http";

  /** A server with DynamoDB's HTTP interface; in memory without a path. */
  export default function dynalite(options?: { createTableMs?: number; path?: string }): Server;
}
