import { canaryUser } from "../../lambdas/canary/user";
import type { FileSpace } from "../../lambdas/identity-provider/home";
import type { LockoutRules } from "../../lambdas/identity-provider/lockout";
import type { ScryptParameters } from "../../lambdas/identity-provider/password";
import { readSettings } from "../../lambdas/identity-provider/settings";
import { readStackConfig } from "../../lib/stack/stack-config";
import type { AwsApi } from "../core/aws";
import type { CliContext } from "../core/context";
import { usageError } from "../core/errors";
import { twinFolder } from "../core/twin-folder";
import { UserStateError } from "./errors";
import { UserTable } from "./user-table";

/** The options that select the users. */
export interface SiteOptions {
  readonly stack: string;
  readonly twin?: boolean;
  /** The twin's folder. */
  readonly data?: string;
  /** Name of the table. Default: the stack's output `userTable`. */
  readonly table?: string;
}

/** The users of a stack, deployed or in the twin, and the rules for their logins. */
export interface Site {
  readonly description: string;
  readonly table: UserTable;
  /** Access to the table. */
  readonly api: AwsApi;
  readonly space: FileSpace;
  readonly lockout: LockoutRules;
  /** Seconds that a verified password is kept. */
  readonly rememberSeconds: number;
  /** Cost of new hashes. */
  readonly scrypt: ScryptParameters;
  /** False: users are secrets, and the table holds only their failures. */
  readonly usersInTable: boolean;
  /** Throws when users are secrets. */
  requireUsersInTable(): void;
  /** Whether the name is that of the stack's own canary, whose password only Pulumi knows. */
  isCanary(name: string): boolean;
  /** Throws for the canary. */
  requireDevice(name: string): void;
  close(): Promise<void>;
}

/** Opens the users of a stack, deployed or in the twin. */
export async function openSite(
  context: Pick<CliContext, "aws" | "env" | "root" | "runProgram">,
  options: SiteOptions,
): Promise<Site> {
  const { stack, twin, data, table } = options;
  const { root } = context;
  if (!twin && data !== undefined) throw usageError("--data is the folder of a twin: add --twin.");
  const { project, values } = readStackConfig(root, stack);
  // Loaded on use: the twin's database takes a while to load.
  const location = twin
    ? await (await import("./twin-table")).twinTable(context, twinFolder(root, stack, data), table)
    : await (await import("./deployed-table")).deployedTable(context, stack, values, table);

  // The function's own settings, so that its rules apply to new records. Credentials are not used here.
  const region = values["aws:region"] ?? "";
  const value = (key: string) => values[`${project}:${key}`];
  // Where it is not known, the longest possible name, so that policies are not found to fit by mistake.
  const bucket = location.bucket ?? "b".repeat(63);
  const settings = readSettings({
    TABLE_NAME: location.table,
    FILE_ROLE_ARN: "-",
    BUCKET_NAME: bucket,
    BUCKET_ARN: `arn:${partitionOf(region)}:s3:::${bucket}`,
    KMS_KEY_ARN: value("kmsKeyArn"),
    USER_STORE: value("userStore"),
    LOCKOUT_FAILURES: value("lockoutFailures"),
    LOCKOUT_USER_FAILURES: value("lockoutUserFailures"),
    LOCKOUT_WINDOW_SECONDS: value("lockoutWindowSeconds"),
    SCRYPT_LN: value("scryptLn"),
    REMEMBER_SECONDS: value("rememberSeconds"),
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: "-",
    AWS_SECRET_ACCESS_KEY: "-",
  });
  const { rules, scrypt, userStore } = settings;
  const usersInTable = userStore === "dynamodb";
  const isCanary = (name: string) => name === canaryUser && value("canary") === "true";
  return {
    description: location.description,
    table: new UserTable(location.api, location.table),
    api: location.api,
    space: rules.space,
    lockout: rules.lockout,
    rememberSeconds: rules.rememberSeconds,
    scrypt,
    usersInTable,
    requireUsersInTable() {
      if (usersInTable) return;
      throw new UserStateError(
        "users-are-secrets",
        `Stack ${stack} keeps its users in Secrets Manager (canal-ftp:userStore), where AWS's own tools manage them. Only canal-ftp users unlock works with them.`,
      );
    },
    isCanary,
    requireDevice(name) {
      if (!isCanary(name)) return;
      throw new UserStateError(
        "canary",
        `${name} is the canary of stack ${stack}; a change would raise its alarm. To remove it, set canal-ftp:canary to false and run pulumi up.`,
      );
    },
    close: () => location.close(),
  };
}

function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
