import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { secretNameOf, usualSecretName } from "../lambdas/identity-provider/stores/secret-name";
import { lookUpAccount } from "./internal/account";
import { generatedPassword } from "./internal/generated-password";
import { lambdaFunction } from "./internal/lambda-function";
import { identityFunctionAccess } from "./internal/policies";
import { type InputTags } from "./internal/tags";

/** Rules of logins. A rule that is not given has the function's own default. */
export interface LoginRules {
  /** `secretsmanager`: one secret per user, as in AWS's template. Default `dynamodb`. */
  readonly userStore?: string;
  /**
   * Names of the users' secrets, with `{server}` for the server's id and `{user}` at the end. Default
   * `aws/transfer/{server}/{user}`.
   */
  readonly secretName?: string;
  /** Failures of a user from one address after which the user is locked there. Default 5. */
  readonly lockoutFailures?: number;
  /**
   * Failures of a user from all addresses after which the user is locked everywhere; also the different passwords from
   * one address after which no password is accepted there. Default 100.
   */
  readonly lockoutUserFailures?: number;
  /** Seconds that failures count and a lock lasts. Default 900. */
  readonly lockoutWindowSeconds?: number;
  /**
   * Seconds for which a verified password is accepted without a hash, and in spite of a lock; 0: never. Default 604800,
   * a week.
   */
  readonly rememberSeconds?: number;
  /** Cost of new password hashes, as a power of two. Default 14. */
  readonly scryptLn?: number;
}

/** What a login grants: a role and its bucket. */
export interface LoginGrants {
  /** ARN of the role that Transfer Family assumes for the user. */
  readonly roleArn: pulumi.Input<string>;
  /** Name of the bucket. */
  readonly bucket: pulumi.Input<string>;
  /** ARN of the bucket. */
  readonly bucketArn: pulumi.Input<string>;
  /** ARN of the bucket's KMS key. Default: the bucket has none. */
  readonly kmsKeyArn?: pulumi.Input<string>;
}

/** What the function reads, and what it grants to a login. */
export interface IdentityFunctionArgs {
  table: aws.dynamodb.Table;
  /** KMS key of the table. Default: DynamoDB's own. */
  tableKmsKeyArn?: pulumi.Input<string>;
  /** What a login grants. */
  grants: LoginGrants;
  /** CIDR block that users without a list of their own may log in from. */
  allowedCidr: pulumi.Input<string>;
  /** Default: the function's own rules. */
  login?: LoginRules;
  /** Days the log is kept. */
  logRetentionDays: number;
  /** Timeout of the function in seconds. Some devices abort an upload after 15. */
  timeoutSeconds: number;
  tags?: InputTags;
}

/**
 * The identity provider's Lambda function with its role and log group. It has 512 MB of memory because Lambda
 * allocates processor time in proportion: the password check is slow by design, and at 128 MB a first login takes
 * seconds.
 */
export class IdentityFunction extends pulumi.ComponentResource {
  readonly function: aws.lambda.Function;
  readonly logGroup: aws.cloudwatch.LogGroup;

  constructor(name: string, args: IdentityFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("canal-ftp:index:IdentityFunction", name, {}, opts);
    const { table, grants, login = {} } = args;
    const made = lambdaFunction(
      name,
      {
        source: "identity-provider",
        description: "Grants or refuses every FTP login",
        roleDescription: "The identity provider's function",
        memorySize: 512,
        timeoutSeconds: args.timeoutSeconds,
        logRetentionDays: args.logRetentionDays,
        access: (role, logGroup) =>
          new aws.iam.RolePolicy(
            `${name}-access`,
            {
              role: role.id,
              policy: pulumi
                .all([table.arn, logGroup.arn, this.secretsArn(login), args.tableKmsKeyArn])
                .apply(([tableArn, logGroupArn, secretsArn, tableKmsKeyArn]) =>
                  JSON.stringify(
                    identityFunctionAccess({ tableArn, logGroupArn, secretsArn, tableKmsKeyArn }),
                  ),
                ),
            },
            { parent: this },
          ),
        variables: {
          TABLE_NAME: table.name,
          FILE_ROLE_ARN: grants.roleArn,
          BUCKET_NAME: grants.bucket,
          BUCKET_ARN: grants.bucketArn,
          ALLOWED_CIDR: args.allowedCidr,
          // One hash at a time: more would need memory, and the function has a third of a core.
          UV_THREADPOOL_SIZE: "1",
          LOGIN_KEY: generatedPassword(`${name}-key`, { parent: this }),
          ...variablesOf(login),
          ...(grants.kmsKeyArn ? { KMS_KEY_ARN: grants.kmsKeyArn } : {}),
        },
        tags: args.tags,
      },
      this,
    );
    this.function = made.function;
    this.logGroup = made.logGroup;

    this.registerOutputs({ functionArn: this.function.arn });
  }

  /** ARN pattern of the users' secrets, if users are secrets. */
  private secretsArn({ userStore, secretName }: LoginRules): pulumi.Output<string> | undefined {
    if (userStore !== "secretsmanager") return undefined;
    const names = secretNameOf(secretName ?? usualSecretName, "s-*", "*");
    const { partition, region, accountId } = lookUpAccount(this);
    return pulumi.interpolate`arn:${partition}:secretsmanager:${region}:${accountId}:secret:${names}`;
  }
}

function variablesOf(login: LoginRules): Record<string, string> {
  const given: [string, string | number | undefined][] = [
    ["USER_STORE", login.userStore],
    ["SECRET_NAME", login.secretName],
    ["LOCKOUT_FAILURES", login.lockoutFailures],
    ["LOCKOUT_USER_FAILURES", login.lockoutUserFailures],
    ["LOCKOUT_WINDOW_SECONDS", login.lockoutWindowSeconds],
    ["REMEMBER_SECONDS", login.rememberSeconds],
    ["SCRYPT_LN", login.scryptLn],
  ];
  return Object.fromEntries(
    given.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}
