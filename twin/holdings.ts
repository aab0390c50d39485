import * as path from "node:path";

import { EvaluatedStack, ofType, Resource } from "../lib/stack/resource";
import { Secrets } from "./secrets/secrets";
import { putUserSecrets } from "./secrets/user-secrets";
import type { FoundStack } from "./source/source";
import { openBuckets } from "./store/buckets";
import type { ObjectStore } from "./store/object-store";
import type { S3Endpoint } from "./store/s3-client";
import { putStackItems } from "./table/stack-items";
import { Tables } from "./table/tables";
import { userItems } from "./table/user-items";
import { WiringError } from "./wiring/find-server";

/** What a stack keeps: files, tables and secrets, filled with what the stack itself puts there, and its users. */
export interface Holdings {
  readonly buckets: ReadonlyMap<string, ObjectStore>;
  /** Name of the bucket devices upload to. */
  readonly bucket: string;
  readonly tables: Tables;
  /** Name of the table of users. */
  readonly userTable: string;
  readonly secrets: Secrets;
}

export interface HoldingsOptions {
  readonly found: FoundStack;
  readonly serverId: string;
  /** The function that logins end at: its variables say where it looks for users. */
  readonly identity: Resource;
  /** Folder that everything is kept in. */
  readonly data: string;
  readonly s3?: S3Endpoint;
}

/**
 * Opens what a stack keeps. The tables are open until they are closed.
 *
 * @throws WiringError for a stack without a bucket, Error for a folder another twin has open
 */
export async function openHoldings(options: HoldingsOptions): Promise<Holdings> {
  const { found, serverId, identity, data, s3 } = options;
  const { stack } = found;
  const buckets = await openBuckets(stack, data, s3);
  if (buckets.size === 0) {
    throw new WiringError("The stack makes no aws.s3.Bucket to keep files in.");
  }
  const userTable = userTableOf(stack);
  const secrets = new Secrets(path.join(data, "secrets"));
  const tables = await Tables.open(path.join(data, "tables"));
  try {
    const users = found.putUsers ? found.users : [];
    const areSecrets = variablesOf(identity).USER_STORE === "secretsmanager";
    const items = areSecrets ? [] : await userItems(stack, userTable, users);
    await putStackItems(tables, stack.resources, path.join(data, "stack-items.json"), items);
    if (areSecrets) await putUserSecrets(secrets, serverId, users);
  } catch (error) {
    await tables.close();
    throw error;
  }
  const bucket = String(stack.outputs.bucket ?? [...buckets.keys()][0]);
  return { buckets, bucket, tables, userTable, secrets };
}

function userTableOf({ outputs, resources }: EvaluatedStack): string {
  const [table] = ofType(resources, "aws:dynamodb/table:Table");
  return String(outputs.userTable ?? table?.outputs.name ?? "");
}

function variablesOf({ outputs }: Resource): Readonly<Record<string, string>> {
  const environment = outputs.environment as { variables?: Record<string, string> } | undefined;
  return environment?.variables ?? {};
}
