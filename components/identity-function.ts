import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { lookUpAccount } from "./internal/account";
import { lambdaFunction } from "./internal/lambda-function";
import { identityFunctionAccess } from "./internal/policies";

/** How the function decides, in addition to the users. A setting that is left out is the function's own default. */
export interface LoginRules {
  /** `secretsmanager`: a secret `aws/transfer/<server id>/<user>` each, as AWS's own template has them. Default `dynamodb`. */
  readonly userStore?: "dynamodb" | "secretsmanager";
  /** Failures of a user from one address that lock the user there. Default 5. */
  readonly lockoutFailures?: number;
  /** Failures of a user from anywhere that lock the user everywhere. Default 100. */
  readonly lockoutUserFailures?: number;
  /** Seconds failures count, and a lock lasts. Default 900. */
  readonly lockoutWindowSeconds?: number;
  /** Seconds an instance remembers a verified login; 0 for not at all. Default 900. */
  readonly rememberSeconds?: number;
  /** Cost of new password hashes, as a power of two. Default 14. */
  readonly scryptLn?: number;
}

/** What the function reads, and what it may hand out to a login. */
export interface IdentityFunctionArgs {
  table: aws.dynamodb.Table;
  /** Role, bucket and, if there is one, key that a login is given. */
  grants: {
    readonly roleArn: pulumi.Input<string>;
    readonly bucket: pulumi.Input<string>;
    readonly bucketArn: pulumi.Input<string>;
    readonly kmsKeyArn?: string;
  };
  /** Where logins may come from unless a user's record says otherwise, as a CIDR block. */
  allowedCidr: pulumi.Input<string>;
  /** Default: the function's own. */
  login?: LoginRules;
  /** Days the log is kept. */
  logRetentionDays: number;
  /** Seconds the function may take. Devices give up the whole upload after as little as 15. */
  timeoutSeconds: number;
  tags?: Record<string, string>;
}

/**
 * The identity provider's Lambda function with its role and log group. Half a gigabyte of memory, not for the
 * memory but for the share of processor that comes with it: the password check is slow on purpose, and at 128 MB
 * a first login takes seconds.
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
        description: "Decides on every FTP login",
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
                .all([table.arn, logGroup.arn, this.secretsArn(login)])
                .apply(([tableArn, logGroupArn, secretsArn]) =>
                  JSON.stringify(identityFunctionAccess({ tableArn, logGroupArn, secretsArn })),
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
          // One hash at a time: more would cost memory, and a function has a third of a core.
          UV_THREADPOOL_SIZE: "1",
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

  /** The secrets of users, where there are any; their names are the function's own default. */
  private secretsArn({ userStore }: LoginRules): pulumi.Output<string> | undefined {
    if (userStore !== "secretsmanager") return undefined;
    const { partition, region, accountId } = lookUpAccount(this);
    return pulumi.interpolate`arn:${partition}:secretsmanager:${region}:${accountId}:secret:aws/transfer/*`;
  }
}

function variablesOf(login: LoginRules): Record<string, string> {
  const given: [string, string | number | undefined][] = [
    ["USER_STORE", login.userStore],
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
