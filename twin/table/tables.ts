import { once } from "node:events";
import * as fs from "node:fs";
import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";

import dynalite from "dynalite";

import { FolderLock } from "./folder-lock";
import { ReadCache } from "./read-cache";
import { recoveryOperations, TableError, TableHistory } from "./table-history";
import type { TableShape } from "./table-shape";

/** An embedded DynamoDB: tables in a folder, which persist between starts. */
export class Tables {
  private constructor(
    private readonly server: Server,
    private readonly lock: FolderLock,
    private readonly history: TableHistory,
    /** Without authorization. A function uses a `tableEndpoint` instead. */
    readonly endpoint: string,
    readonly reads: ReadCache,
  ) {}

  /**
   * Opens the tables in a folder and creates the folder if needed.
   *
   * @throws Error when another process has them open
   */
  static async open(folder: string): Promise<Tables> {
    fs.mkdirSync(path.dirname(folder), { recursive: true });
    const lock = await FolderLock.acquire(`${folder}.lock`);
    try {
      // The tables contain password hashes, so only the owner may read them.
      fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
      const server = dynalite({ createTableMs: 0, path: folder });
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      // Without descriptors a connection is refused, and the request fails.
      server.on("error", () => undefined);
      const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const history = new TableHistory(`${folder}.history`, (operation, input) =>
        callTables(endpoint, operation, input),
      );
      answerRecovery(server, history);
      const tables = new Tables(server, lock, history, endpoint, new ReadCache(server));
      await tables.call("ListTables", {});
      lock.publishEndpoint(tables.endpoint);
      return tables;
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** Names of the existing tables. */
  async names(): Promise<string[]> {
    const { TableNames } = await this.call("ListTables", {});
    return TableNames as string[];
  }

  /** Creates a table unless it exists, and records its history if it has point-in-time recovery. */
  async create(shape: TableShape): Promise<void> {
    if (!(await this.names()).includes(shape.name)) await this.createTable(shape);
    if (shape.pointInTimeRecovery?.enabled === true) await this.history.enable(shape);
  }

  private async createTable({ name, hashKey, attributes }: TableShape): Promise<void> {
    await this.call("CreateTable", {
      TableName: name,
      AttributeDefinitions: attributes.map((attribute) => ({
        AttributeName: attribute.name,
        AttributeType: attribute.type,
      })),
      KeySchema: [{ AttributeName: hashKey, KeyType: "HASH" }],
      BillingMode: "PAY_PER_REQUEST",
    });
    await this.waitUntilActive(name);
  }

  /** A new table accepts requests a moment after its creation. */
  private async waitUntilActive(name: string): Promise<void> {
    for (let attempt = 1; attempt <= 200; attempt++) {
      const { Table } = await this.call("DescribeTable", { TableName: name });
      if ((Table as { TableStatus: string }).TableStatus === "ACTIVE") return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`The table ${name} did not become active within 2 seconds.`);
  }

  /** One operation of the DynamoDB API. Rejects with the service's message. */
  call(operation: string, input: object): Promise<Record<string, unknown>> {
    return callTables(this.endpoint, operation, input);
  }

  async close(): Promise<void> {
    await this.history.settled();
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
    this.lock.release();
  }
}

/** Lets a server answer the operations of point-in-time recovery, and record what the others write. */
function answerRecovery(server: Server, history: TableHistory): void {
  const [answer] = server.listeners("request") as RequestListener[];
  server.removeAllListeners("request");
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const operation = String(request.headers["x-amz-target"]).split(".")[1];
    const recovery = recoveryOperations.find((name) => name === operation);
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    const input = () => JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
    if (recovery === undefined) {
      response.on("finish", () => {
        if (response.statusCode === 200) history.record(operation, input);
      });
      answer(request, response);
      return;
    }
    request.on("end", () => {
      const send = (status: number, body: object) =>
        response
          .writeHead(status, { "Content-Type": "application/x-amz-json-1.0" })
          .end(JSON.stringify(body));
      history.answer(recovery, input()).then(
        (output) => send(200, output),
        (error: Error) =>
          send(400, {
            __type: `com.amazonaws.dynamodb.v20120810#${error instanceof TableError ? error.code : "ResourceNotFoundException"}`,
            message: error.message,
          }),
      );
    });
  });
}

/**
 * One operation of the DynamoDB API, for example on the tables of a running twin. Rejects with the service's message.
 *
 * @param endpoint - URL of the tables.
 */
export async function callTables(
  endpoint: string,
  operation: string,
  input: object,
): Promise<Record<string, unknown>> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.0",
      "X-Amz-Target": `DynamoDB_20120810.${operation}`,
      // The embedded server requires a signature and does not check it.
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
