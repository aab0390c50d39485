import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { unreachable } from "./failure";
import type { Place } from "./place";

/**
 * The table of a deployed stack, with the credentials of the environment or of the AWS profile.
 *
 * @param root - Folder of the program, where `pulumi` finds the project.
 * @param table - Its name; otherwise Pulumi is asked for the stack's output `userTable`.
 */
export async function awsPlace(
  root: string,
  stack: string,
  region: string,
  table?: string,
): Promise<Place> {
  const outputs = table === undefined ? await stackOutputs(root, stack) : {};
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
    endpoint: process.env.AWS_ENDPOINT_URL_DYNAMODB,
    credentials: await awsCredentials(region),
    close: async () => {},
  };
}

async function stackOutputs(root: string, stack: string): Promise<Record<string, string>> {
  const args = ["stack", "output", "--json", "--stack", stack];
  try {
    const { stdout } = await promisify(execFile)("pulumi", args, { cwd: root });
    return JSON.parse(stdout) as Record<string, string>;
  } catch (error) {
    const { code, stderr, message } = error as { code?: unknown; stderr?: string; message: string };
    if (code === "ENOENT") {
      throw unreachable(
        "There is no pulumi on this machine to ask for the table: add --table NAME.",
      );
    }
    const said = (stderr ?? message).trim().split("\n")[0];
    throw unreachable(`pulumi does not tell the outputs of stack ${stack}: ${said}`);
  }
}

/** By the SDK's own chain, so that whatever works for the AWS CLI works here: variables, profiles, SSO, roles. */
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
