import { usualSecretName } from "../lambdas/identity-provider/stores/secret-name";
import * as path from "node:path";

import { EvaluatedStack, ofType, Resource, variablesOf } from "../lib/stack/resource";
import { Secrets } from "./secrets/secrets";
import { putUserSecrets } from "./secrets/user-secrets";
import type { SourceStack } from "./source/source";
import { openBuckets } from "./store/buckets";
import type { ObjectStore } from "./store/object-store";
import type { S3Endpoint } from "./store/s3-client";
import { putStackItems } from "./table/stack-items";
import { Tables } from "./table/tables";
import { userItems } from "./table/user-items";
import { WiringError } from "./wiring/wiring-error";

/** The storage of a stack: files, tables and secrets, with the stack's own items and its users. */
export interface StackStorage {
  readonly buckets: ReadonlyMap<string, ObjectStore>;
  /** Name of the bucket that devices upload to. */
  readonly bucket: string;
  readonly tables: Tables;
  /** Name of the table of users. */
  readonly userTable: string;
  readonly secrets: Secrets;
}

export interface StackStorageOptions {
  readonly found: SourceStack;
  readonly serverId: string;
  /** The login function: its variables name the store of users. */
  readonly loginFunction: Resource;
  /** Folder of all storage. */
  readonly data: string;
  readonly s3?: S3Endpoint;
  /** Receives that the log of a bucket's objects cannot be written. */
  readonly onFault: (text: string) => void;
}

/**
 * Opens the storage of a stack. The caller closes the tables.
 *
 * @throws WiringError for a stack without a bucket, Error for a folder that another twin has open
 */
export async function openStackStorage(options: StackStorageOptions): Promise<StackStorage> {
  const { found, serverId, loginFunction, data, s3, onFault } = options;
  const { stack } = found;
  const buckets = await openBuckets(stack, data, onFault, s3);
  if (buckets.size === 0) {
    throw new WiringError("The stack makes no aws.s3.Bucket for the devices' files.");
  }
  const userTable = userTableOf(stack);
  const secrets = new Secrets(path.join(data, "secrets"));
  const tables = await Tables.open(path.join(data, "tables"));
  try {
    const users = found.putUsers ? found.users : [];
    const { USER_STORE, SECRET_NAME = usualSecretName } = variablesOf(loginFunction);
    const usersAreSecrets = USER_STORE === "secretsmanager";
    const items = usersAreSecrets ? [] : await userItems(stack, userTable, users);
    await putStackItems(tables, stack.resources, path.join(data, "stack-items.json"), items);
    if (usersAreSecrets) await putUserSecrets(secrets, serverId, SECRET_NAME, users);
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
