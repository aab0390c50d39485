import { once } from "node:events";
import * as http from "node:http";
import type { AddressInfo } from "node:net";

import { authorize, NamedPolicy } from "../iam";
import type { Tables } from "./tables";

export interface GateOptions {
  readonly tables: Tables;
  readonly roleArn: string;
  readonly policies: readonly NamedPolicy[];
  /** ARN of a table, from its name. */
  readonly tableArn: (tableName: string) => string;
  /** Gets the reason of every refusal. */
  readonly onRefusal: (reason: string) => void;
}

/**
 * DynamoDB as a function sees it: every operation is checked against the policies of the function's role before it
 * reaches a table, and answered with AccessDeniedException when they do not allow it.
 */
export class Gate {
  private readonly agent = new http.Agent({ keepAlive: true });
  private readonly server = http.createServer((request, response) => {
    this.serve(request, response).catch((error: Error) => {
      response.writeHead(500).end(JSON.stringify({ message: error.message }));
    });
  });

  constructor(private readonly options: GateOptions) {}

  /** The URL to give to the function. */
  async listen(): Promise<string> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.agent.destroy();
    await new Promise((done) => this.server.close(done));
  }

  private async serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const operation = String(request.headers["x-amz-target"]).split(".")[1];
    const refusal = this.refusal(operation, JSON.parse(body.toString()) as TableRequest);
    if (refusal !== undefined) {
      this.options.onRefusal(refusal);
      response.writeHead(400, { "Content-Type": "application/x-amz-json-1.0" }).end(
        JSON.stringify({
          __type: "com.amazon.coral.service#AccessDeniedException",
          Message: `User is not authorized to perform: dynamodb:${operation}`,
        }),
      );
      return;
    }
    this.forward(request, body, response);
  }

  private refusal(operation: string, input: TableRequest): string | undefined {
    const { roleArn, policies, tableArn } = this.options;
    for (const table of tablesIn(input)) {
      const decision = authorize({
        action: `dynamodb:${operation}`,
        resource: tableArn(table),
        context: {},
        principal: { type: "role", roleArn, sessionName: "function" },
        identityPolicies: policies,
        resourcePolicies: [],
      });
      if (!decision.allowed) return decision.reason;
    }
    return undefined;
  }

  private forward(
    request: http.IncomingMessage,
    body: Buffer,
    response: http.ServerResponse,
  ): void {
    const { method, headers } = request;
    const inner = http.request(this.options.tables.endpoint, {
      method,
      headers,
      agent: this.agent,
    });
    inner.on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    inner.on("error", (error) => response.destroy(error));
    inner.end(body);
  }
}

/** The two ways in which an operation names tables. */
interface TableRequest {
  readonly TableName?: string;
  readonly RequestItems?: Record<string, unknown>;
}

function tablesIn({ TableName, RequestItems }: TableRequest): string[] {
  return TableName === undefined ? Object.keys(RequestItems ?? {}) : [TableName];
}
