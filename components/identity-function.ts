import * as path from "node:path";

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { bundleFunction, functionFile, functionHandler } from "../lambdas/bundle";
import { identityFunctionAccess, serviceTrust } from "./policies";

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
    const { table, grants, tags } = args;
    const child = { parent: this };

    this.logGroup = new aws.cloudwatch.LogGroup(
      `${name}-logs`,
      { retentionInDays: args.logRetentionDays, tags },
      child,
    );
    const role = new aws.iam.Role(
      `${name}-role`,
      {
        description: "The identity provider's function",
        assumeRolePolicy: JSON.stringify(serviceTrust("lambda.amazonaws.com")),
        tags,
      },
      child,
    );
    const access = new aws.iam.RolePolicy(
      `${name}-access`,
      {
        role: role.id,
        policy: pulumi
          .all([table.arn, this.logGroup.arn])
          .apply(([tableArn, logGroupArn]) =>
            JSON.stringify(identityFunctionAccess({ tableArn, logGroupArn })),
          ),
      },
      child,
    );

    const entry = path.join(__dirname, "..", "lambdas", "identity-provider", "handler.ts");
    this.function = new aws.lambda.Function(
      `${name}-function`,
      {
        description: "Decides on every FTP login",
        runtime: "nodejs24.x",
        architectures: ["arm64"],
        memorySize: 512,
        timeout: args.timeoutSeconds,
        role: role.arn,
        handler: functionHandler,
        code: new pulumi.asset.AssetArchive({
          [functionFile]: new pulumi.asset.StringAsset(bundleFunction(entry).code),
        }),
        environment: {
          variables: {
            TABLE_NAME: table.name,
            FILE_ROLE_ARN: grants.roleArn,
            BUCKET_NAME: grants.bucket,
            BUCKET_ARN: grants.bucketArn,
            ALLOWED_CIDR: args.allowedCidr,
            // One hash at a time: more would cost memory, and a function has a third of a core.
            UV_THREADPOOL_SIZE: "1",
            ...(grants.kmsKeyArn ? { KMS_KEY_ARN: grants.kmsKeyArn } : {}),
          },
        },
        loggingConfig: { logFormat: "Text", logGroup: this.logGroup.name },
        tags,
      },
      // Without its policy the first logins after an up would fail on the table.
      { ...child, dependsOn: access },
    );

    this.registerOutputs({ functionArn: this.function.arn });
  }
}
