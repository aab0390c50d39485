import { spawn } from "node:child_process";
import * as http from "node:http";
import * as path from "node:path";
import * as readline from "node:readline";

import {
  keys,
  serverItem,
  toItem,
  type Item,
} from "../../lambdas/identity-provider/stores/user-record";

export const serverId = "s-0123456789abcdef0";

/** Items one BatchWriteItem takes. */
const batchSize = 25;

/** A DynamoDB in memory, in a process of its own. */
export class TableServer {
  private readonly agent = new http.Agent({ keepAlive: true });

  private constructor(
    readonly endpoint: string,
    readonly stop: () => void,
  ) {}

  static async start(): Promise<TableServer> {
    const child = spawn(process.execPath, [path.join(__dirname, "table-server.cjs")], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const endpoint = await new Promise<string>((resolve) =>
      readline.createInterface({ input: child.stdout }).once("line", resolve),
    );
    return new TableServer(endpoint, () => child.kill());
  }

  /** A table of this many users `dev-0`, `dev-1` …, all with the same password; `locked` is locked out. */
  fill(name: string, count: number, passwordHash: string): Promise<void> {
    const now = { N: String(Math.floor(Date.now() / 1000)) };
    return this.create(name, [
      serverItem(serverId),
      toItem({ name: "locked", passwordHashes: [passwordHash] }),
      { pk: { S: keys.failures("locked") }, failures: { N: "1000" }, firstAt: now, lastAt: now },
      ...Array.from({ length: count }, (_, index) =>
        toItem({ name: `dev-${index}`, passwordHashes: [passwordHash] }),
      ),
    ]);
  }

  /** A table with these items. */
  async create(name: string, items: readonly Item[]): Promise<void> {
    await this.call("CreateTable", {
      TableName: name,
      AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      BillingMode: "PAY_PER_REQUEST",
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    for (let start = 0; start < items.length; start += batchSize) {
      const requests = items
        .slice(start, start + batchSize)
        .map((Item) => ({ PutRequest: { Item } }));
      await this.call("BatchWriteItem", { RequestItems: { [name]: requests } });
    }
  }

  /** The lookup of a login as a plain request, for the baseline. */
  lookUp(table: string): { url: string; headers: Record<string, string>; body: string } {
    const pks = [
      keys.user("dev-1"),
      keys.server(serverId),
      keys.failures("dev-1"),
      keys.failures("dev-1", "100.64.0.10"),
    ];
    const Keys = pks.map((pk) => ({ pk: { S: pk } }));
    const RequestItems = { [table]: { Keys, ConsistentRead: true } };
    const body = JSON.stringify({ RequestItems });
    return { url: this.endpoint, headers: headersOf("BatchGetItem"), body };
  }

  private call(operation: string, input: object): Promise<unknown> {
    const headers = headersOf(operation);
    return new Promise((resolve, reject) => {
      const request = http.request(
        this.endpoint,
        { method: "POST", headers, agent: this.agent },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("end", () => {
            const text = Buffer.concat(chunks).toString();
            if (response.statusCode === 200) resolve(JSON.parse(text));
            else reject(new Error(`${operation}: ${text}`));
          });
        },
      );
      request.on("error", reject);
      request.end(JSON.stringify(input));
    });
  }
}

/** The table requires a signature and does not check it. */
function headersOf(operation: string): Record<string, string> {
  return {
    "Content-Type": "application/x-amz-json-1.0",
    "X-Amz-Target": `DynamoDB_20120810.${operation}`,
    Authorization:
      "AWS4-HMAC-SHA256 Credential=bench/20200101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
    "X-Amz-Date": "20200101T000000Z",
  };
}
