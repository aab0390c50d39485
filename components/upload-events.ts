import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { UploadFunction } from "./upload-function";
import { UploadLog } from "./upload-log";
import { UploadQueue } from "./upload-queue";

/** The server and the bucket whose uploads are checked, and how long rows of the log are kept. */
export interface UploadEventsArgs {
  /** Id of the Transfer server whose uploads are meant. */
  serverId: pulumi.Input<string>;
  /** User whose uploads are no device's and left out: the canary's. Default none. */
  probe?: string;
  /** The bucket devices upload to. */
  bucket: pulumi.Input<string>;
  bucketArn: pulumi.Input<string>;
  /** Name of the database that Athena shows. Lower-case letters, digits and `_`. */
  databaseName: string;
  /** KMS key of the bucket, and then of the log. Default: keys of S3's own. */
  kmsKeyArn?: string;
  /** Days a row of the log is kept. Default 400. */
  uploadLogDays?: number;
  /** Days the function's own log is kept. Default 90. */
  logRetentionDays?: number;
  /** Keep the log of uploads from being deleted or replaced. Default false. */
  protect?: boolean;
  /** Let a destroy delete the log of uploads. Default false. */
  forceDestroy?: boolean;
  /** Tags of everything made. Default none. */
  tags?: Record<string, string>;
}

/** A batch of ten files of the largest size that is read, with time to spare. */
const functionSeconds = 60;

/**
 * Something happens when a device has uploaded a file: Transfer Family's own events, by way of a queue, to a
 * function that checks the file, tags it, writes it into a log that Athena reads, and calls your own code
 * (lambdas/upload-events/your-function.ts).
 *
 * Transfer's events are best effort, may repeat and come out of order; an upload has one row all the same. Costs are
 * by the upload and small: a message, an invocation and seven requests to S3 each.
 *
 * @example new UploadEvents("site-uploads", { serverId, bucket, bucketArn, databaseName: "site" })
 */
export class UploadEvents extends pulumi.ComponentResource {
  readonly queue: aws.sqs.Queue;
  /** What failed every attempt: each message in here needs an operator. */
  readonly deadLetters: aws.sqs.Queue;
  readonly function: aws.lambda.Function;
  readonly logBucket: aws.s3.Bucket;
  /** The database with the table `uploads`. */
  readonly database: aws.glue.CatalogDatabase;

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
      { serverId, probe: args.probe, functionSeconds, tags },
      child,
    );
    const worker = new UploadFunction(
      `${name}-worker`,
      {
        queue: incoming.queue,
        bucket,
        bucketArn,
        logBucket: log.bucket,
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
    this.registerOutputs({
      queueArn: this.queue.arn,
      deadLettersArn: this.deadLetters.arn,
      functionArn: this.function.arn,
      logBucket: this.logBucket.id,
      database: this.database.name,
    });
  }
}
