import type { CliContext } from "../core/context";
import { readAllOutputs } from "../core/stack";
import { unreachable } from "./errors";
import type { Place } from "./place";

/**
 * The table of a deployed stack, with the credentials that the AWS SDK finds.
 *
 * @param table - Its name. Default: the stack's output `userTable`.
 */
export async function awsPlace(
  context: Pick<CliContext, "env" | "runProgram">,
  stack: string,
  region: string,
  table?: string,
): Promise<Place> {
  const outputs: { userTable?: string; bucket?: string } =
    table === undefined ? await readAllOutputs(stack, context) : {};
  const name = table ?? outputs.userTable;
  if (name === undefined) {
    throw unreachable(
      `Stack ${stack} has no output userTable: it is not deployed yet, or --table has to name the table.`,
    );
  }
  return {
    description: `stack ${stack}`,
    table: name,
    bucket: outputs.bucket,
    endpoint: context.env.AWS_ENDPOINT_URL_DYNAMODB,
    credentials: await awsCredentials(region),
    close: async () => {},
  };
}

/** By the SDK's own chain: variables, profiles, SSO, roles. */
export async function awsCredentials(region: string): Promise<Place["credentials"]> {
  const { DynamoDBClient } = await import("@aws-sdk/client-dynamodb");
  const client = new DynamoDBClient({ region });
  try {
    const { accessKeyId, secretAccessKey, sessionToken } = await client.config.credentials();
    return { accessKeyId, secretAccessKey, sessionToken };
  } catch (error) {
    throw unreachable(`There are no AWS credentials: ${(error as Error).message}`);
  } finally {
    client.destroy();
  }
}
