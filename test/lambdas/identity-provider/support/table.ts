import { createRequire } from "node:module";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { AwsSettings } from "../../../../lambdas/identity-provider/settings";
import { awsCall, type AwsCall } from "../../../../lambdas/identity-provider/stores/aws-json";
import type { Item } from "../../../../lambdas/identity-provider/stores/user-record";

// dynalite has no types of its own.
const dynalite = createRequire(__filename)("dynalite") as (options: object) => Server;

/** Where test calls go by default, and how long they may take. */
export const aws: AwsSettings = {
  region: "eu-west-1",
  credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "not-a-real-key" },
  timeoutMs: 1000,
  attempts: 2,
};

export const dynamodb = { name: "dynamodb", target: "DynamoDB_20120810", version: "1.0" };

/** A user table in a DynamoDB-compatible store within this process. */
export interface Table {
  readonly name: string;
  readonly endpoint: string;
  readonly call: AwsCall;
  put(item: Item): Promise<void>;
  get(pk: string): Promise<Record<string, Record<string, string>> | undefined>;
  close(): Promise<void>;
}

export async function openTable(): Promise<Table> {
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const call = awsCall({ ...dynamodb, endpoint }, aws);
  const name = "users";
  await call("CreateTable", {
    TableName: name,
    KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
    BillingMode: "PAY_PER_REQUEST",
  });
  // The table is ACTIVE a moment after the answer.
  for (;;) {
    const { Table: table } = await call("DescribeTable", { TableName: name });
    if ((table as { TableStatus: string }).TableStatus === "ACTIVE") break;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return {
    name,
    endpoint,
    call,
    put: async (item) => {
      await call("PutItem", { TableName: name, Item: item });
    },
    get: async (pk) => {
      const { Item: item } = await call("GetItem", {
        TableName: name,
        Key: { pk: { S: pk } },
        ConsistentRead: true,
      });
      return item as Record<string, Record<string, string>> | undefined;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
