import * as http from "node:http";

import {
  accessDenied,
  Caller,
  ServiceCall,
  ServiceEndpoint,
  ServiceReply,
} from "../function/service-endpoint";
import type { Tables } from "./tables";

export interface TableEndpointOptions {
  readonly tables: Tables;
  readonly caller: Caller;
  /** ARN of a table, from its name. */
  readonly tableArn: (tableName: string) => string;
}

/**
 * DynamoDB for one function: every operation is authorized by the policies of the function's role before it reaches a
 * table. An operation that they do not allow gets AccessDeniedException.
 */
export class TableEndpoint {
  private readonly agent = new http.Agent({ keepAlive: true });
  private readonly endpoint = new ServiceEndpoint((call) => this.answer(call));

  constructor(private readonly options: TableEndpointOptions) {}

  /** Starts the endpoint. Returns the URL for the function. */
  listen(): Promise<string> {
    return this.endpoint.listen();
  }

  async close(): Promise<void> {
    this.agent.destroy();
    await this.endpoint.close();
  }

  private async answer(call: ServiceCall): Promise<ServiceReply> {
    const { tables, caller, tableArn } = this.options;
    const body = call.body.toString();
    for (const table of tablesIn(JSON.parse(body) as TableRequest)) {
      const denied = accessDenied(caller, `dynamodb:${call.operation}`, tableArn(table));
      if (denied) return denied;
    }
    return tables.reads.answer(call.operation, body, () => this.forward(call));
  }

  private forward({ headers, body }: ServiceCall): Promise<ServiceReply> {
    const { tables } = this.options;
    return new Promise((resolve, reject) => {
      const request = http.request(tables.endpoint, { method: "POST", headers, agent: this.agent });
      request.on("response", (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () =>
          resolve({ status: answer.statusCode ?? 500, body: Buffer.concat(chunks).toString() }),
        );
        answer.on("error", reject);
      });
      request.on("error", reject);
      request.end(body);
    });
  }
}

/** The two forms in which an operation names tables. */
interface TableRequest {
  readonly TableName?: string;
  readonly RequestItems?: Record<string, unknown>;
}

function tablesIn({ TableName, RequestItems }: TableRequest): string[] {
  return TableName === undefined ? Object.keys(RequestItems ?? {}) : [TableName];
}
