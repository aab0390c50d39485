import * as path from "node:path";

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { bundleFunction, functionFile, functionHandler } from "../../lambdas/bundle";
import { serviceTrust } from "./policies";

/** What differs between the program's functions; the rest is the same for all. */
export interface LambdaFunctionArgs {
  /** Folder of `lambdas/` with the code; its `handler.ts` is where Lambda begins. */
  readonly source: string;
  /** Of the function, and of its role: what AWS's console shows. */
  readonly description: string;
  readonly roleDescription: string;
  /** MB; the share of processor comes with it. */
  readonly memorySize: number;
  /** Seconds one call may take. */
  readonly timeoutSeconds: number;
  /** Days the log is kept. */
  readonly logRetentionDays: number;
  /** Makes what gives the role its permissions, as `NAME-access`. The function is made after it. */
  readonly access: (role: aws.iam.Role, logGroup: aws.cloudwatch.LogGroup) => pulumi.Resource;
  readonly variables: Record<string, pulumi.Input<string>>;
  /**
   * Subnets and groups of a function in a VPC, created after what gives the role its permissions: then they are
   * deleted before it, and Lambda can still remove its network interfaces with the role. Default: no VPC.
   */
  readonly vpcConfig?: (access: pulumi.Resource) => aws.types.input.lambda.FunctionVpcConfig;
  readonly tags?: Record<string, string>;
}

/** A function with what it cannot be without: a log group that forgets, and a role that Lambda alone may assume. */
export function lambdaFunction(
  name: string,
  args: LambdaFunctionArgs,
  parent: pulumi.Resource,
): { readonly function: aws.lambda.Function; readonly logGroup: aws.cloudwatch.LogGroup } {
  const { tags } = args;
  const child = { parent };
  const logGroup = new aws.cloudwatch.LogGroup(
    `${name}-logs`,
    { retentionInDays: args.logRetentionDays, tags },
    child,
  );
  const role = new aws.iam.Role(
    `${name}-role`,
    {
      description: args.roleDescription,
      assumeRolePolicy: JSON.stringify(serviceTrust("lambda.amazonaws.com")),
      tags,
    },
    child,
  );
  const access = args.access(role, logGroup);
  const entry = path.join(
    __dirname,
    "..",
    "..",
    "lambdas",
    args.source,
    `handler${path.extname(__filename)}`,
  );
  const made = new aws.lambda.Function(
    `${name}-function`,
    {
      description: args.description,
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      memorySize: args.memorySize,
      timeout: args.timeoutSeconds,
      role: role.arn,
      handler: functionHandler,
      code: new pulumi.asset.AssetArchive({
        [functionFile]: new pulumi.asset.StringAsset(bundleFunction(entry)),
      }),
      vpcConfig: args.vpcConfig?.(access),
      environment: { variables: args.variables },
      loggingConfig: { logFormat: "Text", logGroup: logGroup.name },
      tags,
    },
    // Without what it may do, the first calls after an up would fail.
    { ...child, dependsOn: access },
  );
  return { function: made, logGroup };
}
