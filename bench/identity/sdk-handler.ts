/**
 * The identity provider's function with the AWS SDK instead of its own client, for comparison; everything else is the
 * same.
 */
import { BatchGetItemCommand, DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";

import { Digests } from "../../lambdas/identity-provider/digests";
import { Passwords } from "../../lambdas/identity-provider/passwords";
import { createHandler } from "../../lambdas/identity-provider/provider";
import { readSettings } from "../../lambdas/identity-provider/settings";
import { AwsError, type AwsCall } from "../../lambdas/identity-provider/stores/aws-json";
import { DynamoDbStore } from "../../lambdas/identity-provider/stores/dynamodb";

const settings = readSettings(process.env);
const client = new DynamoDBClient({ region: settings.aws.region });

const call: AwsCall = async (operation, input) => {
  try {
    return (await send(operation, input)) as unknown as Record<string, unknown>;
  } catch (error) {
    throw new AwsError(operation, (error as Error).name);
  }
};

function send(operation: string, input: object): Promise<object> {
  switch (operation) {
    case "BatchGetItem":
      return client.send(new BatchGetItemCommand(input as never));
    case "UpdateItem":
      return client.send(new UpdateItemCommand(input as never));
    default:
      throw new Error(operation);
  }
}

const dependencies = {
  store: new DynamoDbStore(call, settings.tableName, settings.rules.lockout),
  rules: settings.rules,
  passwords: new Passwords(settings.scrypt),
  digests: new Digests(settings.loginKey),
  clock: Date.now,
};

/** The Lambda handler. */
export const handler = createHandler(
  () => dependencies,
  "sdk-variant",
  (line) => process.stdout.write(line),
);
