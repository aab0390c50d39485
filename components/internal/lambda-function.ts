import * as path from "node:path";

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { bundleFunction, functionFile, functionHandler } from "../../lambdas/bundle";
import { serviceTrust } from "./policies";
import { type InputTags } from "./tags";

/** The settings in which the functions differ. */
export interface LambdaFunctionArgs {
  /** Folder of `lambdas/` with the code; its `handler.ts` exports the handler. */
  readonly source: string;
  /** Descriptions of the function and of its role. */
  readonly description: string;
  readonly roleDescription: string;
  /** MB; Lambda allocates processor time in proportion. */
  readonly memorySize: number;
  /** Timeout of one invocation, in seconds. */
  readonly timeoutSeconds: pulumi.Input<number>;
  /** Days the log is kept. */
  readonly logRetentionDays: number;
  /** Creates the role's permissions, as `NAME-access`. The function is created after them. */
  readonly access: (role: aws.iam.Role, logGroup: aws.cloudwatch.LogGroup) => pulumi.Resource;
  /** Modules that replace some of the source's, by the names of those. Default none. */
  readonly replaced?: Readonly<Record<string, string>>;
  readonly variables: Record<string, pulumi.Input<string>>;
  /**
   * Subnets and groups of a function in a VPC, created after what gives the role its permissions: then they are
   * deleted before it, and Lambda can still remove its network interfaces with the role. Default: no VPC.
   */
  readonly vpcConfig?: (access: pulumi.Resource) => aws.types.input.lambda.FunctionVpcConfig;
  readonly tags?: InputTags;
}

/** A function with a log group that expires and a role that only Lambda may assume. */
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
        [functionFile]: new pulumi.asset.StringAsset(bundleFunction(entry, args.replaced)),
      }),
      vpcConfig: args.vpcConfig?.(access),
      environment: { variables: args.variables },
      loggingConfig: { logFormat: "Text", logGroup: logGroup.name },
      tags,
    },
    // Without its permissions the first calls after an update would fail.
    { ...child, dependsOn: access },
  );
  return { function: made, logGroup };
}
