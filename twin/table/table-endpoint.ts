import { accessDenied, Caller, serviceEndpoint } from "../function/service-endpoint";
import type { LoopbackServer } from "../loopback-server";
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
export function tableEndpoint({ tables, caller, tableArn }: TableEndpointOptions): LoopbackServer {
  return serviceEndpoint(async (call) => {
    const body = call.body.toString();
    for (const table of tablesIn(JSON.parse(body) as TableRequest)) {
      const denied = accessDenied(caller, `dynamodb:${call.operation}`, tableArn(table));
      if (denied) return denied;
    }
    return tables.reads.answer(call.operation, body, async () => {
      const passed = passedHeaders.map((name) => [name, String(call.headers[name])]);
      const headers = Object.fromEntries(passed) as Record<string, string>;
      const answer = await fetch(tables.endpoint, { method: "POST", headers, body });
      return { status: answer.status, body: await answer.text() };
    });
  });
}

/** The headers that the embedded server reads. */
const passedHeaders = ["content-type", "x-amz-target", "x-amz-date", "authorization"];

/** The two forms in which an operation names tables. */
interface TableRequest {
  readonly TableName?: string;
  readonly RequestItems?: Record<string, unknown>;
}

function tablesIn({ TableName, RequestItems }: TableRequest): string[] {
  return TableName === undefined ? Object.keys(RequestItems ?? {}) : [TableName];
}
