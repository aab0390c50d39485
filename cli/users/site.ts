import * as path from "node:path";

import { canaryUser } from "../../lambdas/canary/user";
import type { FileSpace } from "../../lambdas/identity-provider/home";
import type { LockoutRules } from "../../lambdas/identity-provider/lockout";
import type { ScryptParameters } from "../../lambdas/identity-provider/password";
import { readSettings } from "../../lambdas/identity-provider/settings";
import { awsCall } from "../../lambdas/identity-provider/stores/aws-json";
import { readStackConfig } from "../../lib/stack/stack-config";
import type { CliContext } from "../core/context";
import { usageError } from "../core/errors";
import { UserStateError } from "./errors";
import { UserTable } from "./table-client";

/** Which users are meant, as the command line says. */
export interface SiteOptions {
  readonly stack: string;
  readonly twin?: boolean;
  /** The twin's folder. */
  readonly data?: string;
  /** The table, where it is not the stack's own output. */
  readonly table?: string;
}

/** The users of a stack, deployed or in the twin, and the rules their logins are under. */
export interface Site {
  readonly description: string;
  readonly table: UserTable;
  readonly space: FileSpace;
  readonly lockout: LockoutRules;
  /** What new hashes cost. */
  readonly scrypt: ScryptParameters;
  /** False: users are secrets, and the table holds only their failures. */
  readonly usersInTable: boolean;
  /** Throws when users are secrets. */
  requireUsersInTable(): void;
  /** Throws for the stack's own canary, whose password only Pulumi knows. */
  requireDevice(name: string): void;
  close(): Promise<void>;
}

/** Opens the users of a stack, deployed or in the twin. */
export async function openSite(
  context: Pick<CliContext, "root" | "env" | "runProgram">,
  options: SiteOptions,
): Promise<Site> {
  const { stack, twin, data, table } = options;
  const { root } = context;
  if (!twin && data !== undefined) throw usageError("--data is the folder of a twin: add --twin.");
  const { project, values } = readStackConfig(root, stack);
  const region = values["aws:region"] ?? "";
  // Loaded on use: the AWS SDK and the twin's database take a while to load.
  const place = twin
    ? await (
        await import("./twin-place")
      ).twinPlace(path.resolve(data ?? path.join(root, ".twin", stack)), table)
    : await (await import("./aws-place")).awsPlace(context, stack, region, table);

  // What the function would read, so that records are checked by the function's own rules.
  const value = (key: string) => values[`${project}:${key}`];
  const bucket = place.bucket ?? "b".repeat(63);
  const settings = readSettings({
    TABLE_NAME: place.table,
    FILE_ROLE_ARN: "-",
    BUCKET_NAME: bucket,
    BUCKET_ARN: `arn:${partitionOf(region)}:s3:::${bucket}`,
    KMS_KEY_ARN: value("kmsKeyArn"),
    USER_STORE: value("userStore"),
    LOCKOUT_FAILURES: value("lockoutFailures"),
    LOCKOUT_USER_FAILURES: value("lockoutUserFailures"),
    LOCKOUT_WINDOW_SECONDS: value("lockoutWindowSeconds"),
    SCRYPT_LN: value("scryptLn"),
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: place.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: place.credentials.secretAccessKey,
    AWS_SESSION_TOKEN: place.credentials.sessionToken,
    STORE_TIMEOUT_MS: "10000",
    STORE_ATTEMPTS: "8",
  });
  const { rules, scrypt, aws, userStore } = settings;
  const usersInTable = userStore === "dynamodb";
  const dynamodb = { name: "dynamodb", target: "DynamoDB_20120810", version: "1.0" };
  return {
    description: place.description,
    table: new UserTable(awsCall({ ...dynamodb, endpoint: place.endpoint }, aws), place.table),
    space: rules.space,
    lockout: rules.lockout,
    scrypt,
    usersInTable,
    requireUsersInTable() {
      if (usersInTable) return;
      throw new UserStateError(
        "users-are-secrets",
        `Stack ${stack} keeps its users in Secrets Manager (canal-ftp:userStore), where AWS's own tools manage them. Of this command only unlock is for them.`,
      );
    },
    requireDevice(name) {
      if (name !== canaryUser || value("canary") !== "true") return;
      throw new UserStateError(
        "canary",
        `${name} is the canary of stack ${stack}, and would raise its alarm. Pulumi takes it away: canal-ftp:canary false, then pulumi up.`,
      );
    },
    close: () => place.close(),
  };
}

function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
