import { existsSync } from "node:fs";
import { isAbsolute } from "node:path";

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { lambdaFunction } from "./internal/lambda-function";
import { uploadFunctionAccess } from "./internal/upload-policies";
import { type InputTags } from "./internal/tags";

/**
 * Your own code for each file. A `module` is the absolute path of a TypeScript or JavaScript module that exports
 * `onUpload`, an `OnUpload`; it becomes part of the function. A `functionArn` is that of a Lambda function, which
 * is invoked with the file as JSON.
 */
export interface UploadCode {
  /** Absolute path of a module, such as `path.join(__dirname, "on-upload.ts")`. */
  readonly module?: string;
  /** ARN of a Lambda function. */
  readonly functionArn?: pulumi.Input<string>;
}

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
  kmsKeyArn?: pulumi.Input<string>;
  /** Your own code for each file. Default lambdas/upload-events/your-function.ts, which does nothing. */
  onUpload?: UploadCode;
  /** Timeout for a batch, in seconds. */
  timeoutSeconds: number;
  /** Days the function's log is kept. Default 90. */
  logRetentionDays?: number;
  /** Tags of all resources. Default none. */
  tags?: InputTags;
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
    const { queue, logBucket, tags } = args;
    const child = { parent: this };
    const module = moduleOf(args.onUpload);
    const userFunctionArn = functionOf(args.onUpload);
    const made = lambdaFunction(
      name,
      {
        source: "upload-events",
        description: "Checks every uploaded file and writes its row to the log",
        roleDescription: "Role of the function that processes uploads",
        memorySize: 512,
        timeoutSeconds: args.timeoutSeconds,
        logRetentionDays: args.logRetentionDays ?? 90,
        access: (role, logGroup) =>
          new aws.iam.RolePolicy(
            `${name}-access`,
            {
              role: role.id,
              policy: pulumi
                .all([
                  queue.arn,
                  args.bucketArn,
                  logBucket.arn,
                  logGroup.arn,
                  userFunctionArn,
                  args.kmsKeyArn,
                ])
                .apply(([queueArn, bucketArn, logBucketArn, logGroupArn, functionArn, kmsKeyArn]) =>
                  JSON.stringify(
                    uploadFunctionAccess({
                      queueArn,
                      bucketArn,
                      logBucketArn,
                      logGroupArn,
                      kmsKeyArn,
                      functionArn,
                    }),
                  ),
                ),
            },
            child,
          ),
        ...(module && { replaced: { "your-function": module } }),
        variables: {
          BUCKET_NAME: args.bucket,
          LOG_BUCKET_NAME: logBucket.id,
          ...(userFunctionArn && { USER_FUNCTION_ARN: userFunctionArn }),
        },
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

/** @throws Error for a path that is not absolute, or of no file */
function moduleOf(code: UploadCode | undefined): string | undefined {
  const { module, functionArn } = code ?? {};
  if (module === undefined) return undefined;
  if (functionArn !== undefined) {
    throw new Error("onUpload has module and functionArn; allowed: one of the two.");
  }
  if (isAbsolute(module) && existsSync(module)) return module;
  throw new Error(
    `onUpload.module: ${JSON.stringify(module)} given; allowed: the absolute path of a module, such as path.join(__dirname, "on-upload.ts").`,
  );
}

/** Rejects for what is not the ARN of a Lambda function. */
function functionOf(code: UploadCode | undefined): pulumi.Output<string> | undefined {
  if (code?.functionArn === undefined) return undefined;
  return pulumi.output(code.functionArn).apply((arn) => {
    if (/^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/.test(arn)) return arn;
    throw new Error(
      `onUpload.functionArn: ${JSON.stringify(arn)} given; allowed: the ARN of a Lambda function, such as its output "arn".`,
    );
  });
}
