declare module "dynalite" {
  import type { Server } from "node:http";

  /** A server that speaks DynamoDB's HTTP interface; in memory unless given a path. */
  export default function dynalite(options?: { createTableMs?: number; path?: string }): Server;
}
