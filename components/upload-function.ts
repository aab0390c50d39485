import * as path from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { bundleFunction, functionFile, functionHandler } from "../lambdas/bundle";
import * as aws from "./aws";
import { serviceTrust } from "./policies";
import { uploadFunctionAccess } from "./upload-policies";

/** The queue the function takes uploads from, and where it writes. */
export interface UploadFunctionArgs {
  /** Where its events come from. */
  queue: aws.sqs.Queue;
  /** The bucket devices upload to. */
  bucket: pulumi.Input<string>;
  bucketArn: pulumi.Input<string>;
  /** The bucket of the log. */
  logBucket: aws.s3.Bucket;
  /** KMS key of both buckets. Default: keys of S3's own. */
  kmsKeyArn?: string;
  /** Seconds it may take for a batch. */
  timeoutSeconds: number;
  /** Days its log is kept. Default 90. */
  logRetentionDays?: number;
  /** Tags of everything made. Default none. */
  tags?: Record<string, string>;
}

/**
 * The function that takes uploads from the queue, ten at a time, with its role and log group. No more than five run
 * at once: an account has a thousand, and the logins of the devices need theirs.
 */
export class UploadFunction extends pulumi.ComponentResource {
  readonly function: aws.lambda.Function;
  readonly logGroup: aws.cloudwatch.LogGroup;

  constructor(name: string, args: UploadFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("canal-ftp:index:UploadFunction", name, {}, opts);
    const { queue, logBucket, kmsKeyArn, tags } = args;
    const child = { parent: this };

    this.logGroup = new aws.cloudwatch.LogGroup(
      `${name}-logs`,
      { retentionInDays: args.logRetentionDays ?? 90, tags },
      child,
    );
    const role = new aws.iam.Role(
      `${name}-role`,
      {
        description: "The function that takes uploads",
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
          .all([queue.arn, args.bucketArn, logBucket.arn, this.logGroup.arn])
          .apply(([queueArn, bucketArn, logBucketArn, logGroupArn]) =>
            JSON.stringify(
              uploadFunctionAccess({ queueArn, bucketArn, logBucketArn, logGroupArn, kmsKeyArn }),
            ),
          ),
      },
      child,
    );

    const entry = path.join(__dirname, "..", "lambdas", "upload-events", "handler.ts");
    this.function = new aws.lambda.Function(
      `${name}-function`,
      {
        description: "Looks at every uploaded file, tags it and writes it into the log",
        runtime: "nodejs24.x",
        architectures: ["arm64"],
        memorySize: 512,
        timeout: args.timeoutSeconds,
        role: role.arn,
        handler: functionHandler,
        code: new pulumi.asset.AssetArchive({
          [functionFile]: new pulumi.asset.StringAsset(bundleFunction(entry).code),
        }),
        environment: { variables: { BUCKET_NAME: args.bucket, LOG_BUCKET_NAME: logBucket.id } },
        loggingConfig: { logFormat: "Text", logGroup: this.logGroup.name },
        tags,
      },
      { ...child, dependsOn: access },
    );
    new aws.lambda.EventSourceMapping(
      `${name}-events`,
      {
        eventSourceArn: queue.arn,
        functionName: this.function.arn,
        batchSize: 10,
        // Messages that failed come again; the others of their batch are done.
        functionResponseTypes: ["ReportBatchItemFailures"],
        scalingConfig: { maximumConcurrency: 5 },
        tags,
      },
      child,
    );

    this.registerOutputs({ functionArn: this.function.arn });
  }
}
