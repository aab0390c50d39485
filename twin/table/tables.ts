import { once } from "node:events";
import * as fs from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";

import dynalite from "dynalite";

import { Lock } from "./lock";

/** A key schema and a name, as the resource of a table has them. */
export interface TableShape {
  readonly name: string;
  readonly hashKey: string;
  readonly attributes: readonly { readonly name: string; readonly type: string }[];
}

/** DynamoDB, embedded: tables in a folder, which outlive the process that serves them. */
export class Tables {
  private constructor(
    private readonly server: Server,
    private readonly lock: Lock,
    /** For whoever needs no permission; a function goes through the gate (gate.ts). */
    readonly endpoint: string,
  ) {}

  /**
   * Opens the tables in a folder, and makes the folder when there is none.
   *
   * @throws Error when another process has them open
   */
  static async open(folder: string): Promise<Tables> {
    // Hashes are in there: nobody else's to read.
    fs.mkdirSync(path.dirname(folder), { recursive: true });
    const lock = await Lock.take(`${folder}.lock`);
    try {
      fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
      const server = dynalite({ createTableMs: 0, path: folder });
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      const { port } = server.address() as AddressInfo;
      const tables = new Tables(server, lock, `http://127.0.0.1:${port}`);
      await tables.call("ListTables", {});
      lock.announce(tables.endpoint);
      return tables;
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** Names of the tables that are there. */
  async names(): Promise<string[]> {
    const { TableNames } = await this.call("ListTables", {});
    return TableNames as string[];
  }

  /** Makes a table unless it is there. */
  async create({ name, hashKey, attributes }: TableShape): Promise<void> {
    if ((await this.names()).includes(name)) return;
    await this.call("CreateTable", {
      TableName: name,
      AttributeDefinitions: attributes.map((attribute) => ({
        AttributeName: attribute.name,
        AttributeType: attribute.type,
      })),
      KeySchema: [{ AttributeName: hashKey, KeyType: "HASH" }],
      BillingMode: "PAY_PER_REQUEST",
    });
    await this.untilActive(name);
  }

  /** A new table answers a moment after it has been made. */
  private async untilActive(name: string): Promise<void> {
    for (let attempt = 1; attempt <= 200; attempt++) {
      const { Table } = await this.call("DescribeTable", { TableName: name });
      if ((Table as { TableStatus: string }).TableStatus === "ACTIVE") return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`The table ${name} does not become active.`);
  }

  /** One operation of the DynamoDB API. Rejects with the service's message. */
  async call(operation: string, input: object): Promise<Record<string, unknown>> {
    const response = await fetch(this.endpoint, {
      method: "POST",
      headers: {
        "Content-Type": "application/x-amz-json-1.0",
        "X-Amz-Target": `DynamoDB_20120810.${operation}`,
        // The embedded server wants a signature to be there and does not check it.
        Authorization:
          "AWS4-HMAC-SHA256 Credential=twin/20200101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
        "X-Amz-Date": "20200101T000000Z",
      },
      body: JSON.stringify(input),
    });
    const output = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(`${operation}: ${String(output.message ?? output.__type)}`);
    return output;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
    this.lock.release();
  }
}
