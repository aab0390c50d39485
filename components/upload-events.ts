import * as aws from "@pulumi/aws";
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
  bucketArn: pulumi.Input<string>;
  /** Name of the database in Athena: lower-case letters, digits and `_`. */
  databaseName: string;
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
  readonly queue: aws.sqs.Queue;
  /** Messages that failed every attempt; each needs an operator. */
  readonly deadLetters: aws.sqs.Queue;
  readonly function: aws.lambda.Function;
  readonly logBucket: aws.s3.Bucket;
  /** The database with the table `uploads`. */
  readonly database: aws.glue.CatalogDatabase;
  /** The table `uploads`. */
  readonly table: aws.glue.CatalogTable;

  constructor(name: string, args: UploadEventsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("canal-ftp:index:UploadEvents", name, {}, opts);
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

    this.queue = incoming.queue;
    this.deadLetters = incoming.deadLetters;
    this.function = worker.function;
    this.logBucket = log.bucket;
    this.database = log.database;
    this.table = log.table;
    this.registerOutputs({
      queueArn: this.queue.arn,
      deadLettersArn: this.deadLetters.arn,
      functionArn: this.function.arn,
      logBucket: this.logBucket.id,
      database: this.database.name,
    });
  }
}
