import * as pulumi from "@pulumi/pulumi";

import { type UploadCode, UploadFunction } from "./upload-function";
import { UploadLog } from "./upload-log";
import { UploadQueue } from "./upload-queue";
import { type InputTags } from "./internal/tags";

/** The server and bucket whose uploads are checked, and the retention of the logs. */
export interface UploadEventsArgs {
  /** Id of the Transfer server. */
  serverId: pulumi.Input<string>;
  /** User whose uploads are excluded: the canary's. Default none. */
  probe?: string;
  /** Bucket that devices upload to. It needs versioning: a row is about a version. */
  bucket: pulumi.Input<string>;
  /** ARN of the bucket. */
  bucketArn: pulumi.Input<string>;
  /** Name of the database in Athena: lower-case letters, digits and `_`. */
  databaseName: pulumi.Input<string>;
  /** KMS key of the bucket, used for the log, too. Default: S3's own keys. */
  kmsKeyArn?: pulumi.Input<string>;
  /** Your own code for each file. Default lambdas/upload-events/your-function.ts, which does nothing. */
  onUpload?: UploadCode;
  /** Seconds after which an event is processed: time for a device to rename its upload. Default 30, at most 900. */
  delaySeconds?: number;
  /** Days that a row of the log is kept. Default 400. */
  uploadLogDays?: number;
  /** Days that the function's own log is kept. Default 90. */
  logRetentionDays?: number;
  /** Protect the log of uploads from deletion and replacement. Default false. */
  protect?: boolean;
  /** Allow a destroy to delete the log of uploads. Default false. */
  forceDestroy?: boolean;
  /** Tags of all resources. Default none. */
  tags?: InputTags;
}

/** Timeout of the function in seconds: ample for ten files of the largest size that is read. */
const functionSeconds = 60;

/**
 * Processes every upload: Transfer Family's events pass through a queue to a function that checks the file, writes a
 * row to a log for Athena, and calls your own code (`onUpload`).
 *
 * The events are best effort, and may repeat and arrive out of order; each final file has one row nevertheless. Each
 * upload costs a message, an invocation and seven requests to S3.
 *
 * @example new UploadEvents("site-uploads", { serverId, bucket, bucketArn, databaseName: "site" })
 */
export class UploadEvents extends pulumi.ComponentResource {
  /** ARN of the queue. */
  readonly queueArn: pulumi.Output<string>;
  /** ARN of the queue of messages that failed every attempt; each needs an operator. */
  readonly deadLettersArn: pulumi.Output<string>;
  /** Name of that queue. */
  readonly deadLettersName: pulumi.Output<string>;
  /** Name of the function. */
  readonly functionName: pulumi.Output<string>;
  /** ARN of the function. */
  readonly functionArn: pulumi.Output<string>;
  /** Name of the function's log group. */
  readonly logGroupName: pulumi.Output<string>;
  /** Name of the bucket with the log of uploads. */
  readonly logBucketName: pulumi.Output<string>;
  /** ARN of that bucket. */
  readonly logBucketArn: pulumi.Output<string>;
  /** Name of the database with the table `uploads`. */
  readonly databaseName: pulumi.Output<string>;
  /** ARN of the database. */
  readonly databaseArn: pulumi.Output<string>;
  /** ARN of the table. */
  readonly tableArn: pulumi.Output<string>;

  constructor(name: string, args: UploadEventsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("canal-ftp:index:UploadEvents", name, args, opts);
    const { serverId, bucket, bucketArn, databaseName, kmsKeyArn, tags } = args;
    const child = { parent: this };

    const log = new UploadLog(
      `${name}-log`,
      {
        databaseName,
        kmsKeyArn,
        retentionDays: args.uploadLogDays,
        protect: args.protect,
        forceDestroy: args.forceDestroy,
        tags,
      },
      child,
    );
    const incoming = new UploadQueue(
      `${name}-in`,
      { serverId, probe: args.probe, functionSeconds, delaySeconds: args.delaySeconds, tags },
      child,
    );
    const worker = new UploadFunction(
      `${name}-worker`,
      {
        queue: incoming.queue,
        bucket,
        bucketArn,
        logBucket: log.bucket,
        onUpload: args.onUpload,
        kmsKeyArn,
        timeoutSeconds: functionSeconds,
        logRetentionDays: args.logRetentionDays,
        tags,
      },
      child,
    );

    this.queueArn = incoming.queue.arn;
    this.deadLettersArn = incoming.deadLetters.arn;
    this.deadLettersName = incoming.deadLetters.name;
    this.functionName = worker.function.name;
    this.functionArn = worker.function.arn;
    this.logGroupName = worker.logGroup.name;
    this.logBucketName = log.bucket.id;
    this.logBucketArn = log.bucket.arn;
    this.databaseName = log.database.name;
    this.databaseArn = log.database.arn;
    this.tableArn = log.table.arn;
    this.registerOutputs({
      queueArn: this.queueArn,
      deadLettersArn: this.deadLettersArn,
      deadLettersName: this.deadLettersName,
      functionName: this.functionName,
      functionArn: this.functionArn,
      logGroupName: this.logGroupName,
      logBucketName: this.logBucketName,
      logBucketArn: this.logBucketArn,
      databaseName: this.databaseName,
      databaseArn: this.databaseArn,
      tableArn: this.tableArn,
    });
  }
}
