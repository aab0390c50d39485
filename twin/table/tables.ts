import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

import dynalite from "dynalite";

import { ofType, Resource } from "../evaluation/resource";

/** DynamoDB, embedded: the stack's tables with the items the stack puts into them. */
export class Tables {
  private constructor(
    private readonly server: Server,
    /** For whoever needs no permission; a function goes through the gate (gate.ts). */
    readonly endpoint: string,
  ) {}

  static async start(resources: readonly Resource[]): Promise<Tables> {
    const server = dynalite({ createTableMs: 0 });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const tables = new Tables(server, `http://127.0.0.1:${port}`);
    for (const { outputs } of ofType(resources, "aws:dynamodb/table:Table")) {
      await tables.create(outputs);
    }
    for (const { outputs } of ofType(resources, "aws:dynamodb/tableItem:TableItem")) {
      const item = JSON.parse(String(outputs.item)) as unknown;
      await tables.call("PutItem", { TableName: outputs.tableName, Item: item });
    }
    return tables;
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
  }

  private async create(table: Record<string, unknown>): Promise<void> {
    const attributes = table.attributes as { name: string; type: string }[];
    await this.call("CreateTable", {
      TableName: table.name,
      AttributeDefinitions: attributes.map(({ name, type }) => ({
        AttributeName: name,
        AttributeType: type,
      })),
      KeySchema: [{ AttributeName: table.hashKey, KeyType: "HASH" }],
      BillingMode: "PAY_PER_REQUEST",
    });
  }
}
