import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { lambdaFunction } from "./internal/lambda-function";
import { uploadFunctionAccess } from "./internal/upload-policies";

/** The function's queue and buckets. */
export interface UploadFunctionArgs {
  /** Queue of upload events. */
  queue: aws.sqs.Queue;
  /** Bucket that devices upload to. */
  bucket: pulumi.Input<string>;
  bucketArn: pulumi.Input<string>;
  /** The bucket of the log. */
  logBucket: aws.s3.Bucket;
  /** KMS key of both buckets. Default: S3's own keys. */
  kmsKeyArn?: string;
  /** Timeout for a batch, in seconds. */
  timeoutSeconds: number;
  /** Days the function's log is kept. Default 90. */
  logRetentionDays?: number;
  /** Tags of all resources. Default none. */
  tags?: Record<string, string>;
}

/**
 * The function that processes uploads from the queue, ten at a time, with its role and log group. At most five
 * instances run concurrently: an account's thousand are shared with the logins of the devices.
 */
export class UploadFunction extends pulumi.ComponentResource {
  readonly function: aws.lambda.Function;
  readonly logGroup: aws.cloudwatch.LogGroup;

  constructor(name: string, args: UploadFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("canal-ftp:index:UploadFunction", name, {}, opts);
    const { queue, logBucket, kmsKeyArn, tags } = args;
    const child = { parent: this };
    const made = lambdaFunction(
      name,
      {
        source: "upload-events",
        description: "Checks every uploaded file and writes it into the log",
        roleDescription: "The function that takes uploads",
        memorySize: 512,
        timeoutSeconds: args.timeoutSeconds,
        logRetentionDays: args.logRetentionDays ?? 90,
        access: (role, logGroup) =>
          new aws.iam.RolePolicy(
            `${name}-access`,
            {
              role: role.id,
              policy: pulumi
                .all([queue.arn, args.bucketArn, logBucket.arn, logGroup.arn])
                .apply(([queueArn, bucketArn, logBucketArn, logGroupArn]) =>
                  JSON.stringify(
                    uploadFunctionAccess({
                      queueArn,
                      bucketArn,
                      logBucketArn,
                      logGroupArn,
                      kmsKeyArn,
                    }),
                  ),
                ),
            },
            child,
          ),
        variables: { BUCKET_NAME: args.bucket, LOG_BUCKET_NAME: logBucket.id },
        tags,
      },
      this,
    );
    this.function = made.function;
    this.logGroup = made.logGroup;
    new aws.lambda.EventSourceMapping(
      `${name}-events`,
      {
        eventSourceArn: queue.arn,
        functionName: this.function.arn,
        batchSize: 10,
        // Failed messages are delivered again, the others of their batch are deleted.
        functionResponseTypes: ["ReportBatchItemFailures"],
        scalingConfig: { maximumConcurrency: 5 },
        tags,
      },
      child,
    );

    this.registerOutputs({ functionArn: this.function.arn });
  }
}
