import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import {
  handledPrefix,
  partitionColumn,
  queryPrefix,
  rowColumns,
  rowPrefix,
} from "../lambdas/upload-events/upload-row";
import { privateBucket } from "./internal/private-bucket";
import { type InputTags } from "./internal/tags";

/** Name, retention and protection of the upload log. */
export interface UploadLogArgs {
  /** Name of the database in Athena: lower-case letters, digits and `_`, or queries have to quote it. */
  databaseName: pulumi.Input<string>;
  /** KMS key to encrypt with. Default: SSE-S3, with S3's own keys at no cost. */
  kmsKeyArn?: pulumi.Input<string>;
  /** Days a row is kept. Default 400. */
  retentionDays?: number;
  /** Protect the bucket from deletion and replacement. Default false. */
  protect?: boolean;
  /** Allow a destroy to delete the bucket with the rows in it. Default false. */
  forceDestroy?: boolean;
  /** Tags of all resources. Default none. */
  tags?: InputTags;
}

/** Days that markers of processed uploads are kept: longer than a message can wait in two queues. */
const handledDays = 30;

/**
 * The log of uploads: a bucket of its own, which no device's role can access, and a table over it for Athena.
 *
 * The table uses partition projection, so that no partition has to be added daily and no crawler is billed. Glue
 * bills nothing for a database and a table; S3 bills per row, Athena per byte read.
 */
export class UploadLog extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;
  readonly database: aws.glue.CatalogDatabase;
  readonly table: aws.glue.CatalogTable;

  constructor(name: string, args: UploadLogArgs, opts?: pulumi.ComponentResourceOptions) {
    super("canal-ftp:index:UploadLog", name, {}, opts);
    const { kmsKeyArn, protect, forceDestroy, retentionDays = 400, tags } = args;
    const child = { parent: this };

    this.bucket = privateBucket(
      name,
      {
        kmsKeyArn,
        protect,
        forceDestroy,
        tags,
        lifecycleRules: [
          expiry("rows", `${rowPrefix}/`, retentionDays),
          expiry("handled", `${handledPrefix}/`, handledDays),
          expiry("queries", `${queryPrefix}/`, 1),
        ],
      },
      this,
    );
    this.database = new aws.glue.CatalogDatabase(
      `${name}-database`,
      { name: args.databaseName, description: "What the FTP server's devices have uploaded", tags },
      child,
    );
    const location = pulumi.interpolate`s3://${this.bucket.id}/${rowPrefix}/`;
    this.table = new aws.glue.CatalogTable(
      `${name}-table`,
      {
        databaseName: this.database.name,
        name: rowPrefix,
        description: "A row for each upload, by the day it arrived (UTC)",
        tableType: "EXTERNAL_TABLE",
        partitionKeys: [{ name: partitionColumn, type: "string" }],
        parameters: {
          EXTERNAL: "TRUE",
          classification: "json",
          "projection.enabled": "true",
          [`projection.${partitionColumn}.type`]: "date",
          [`projection.${partitionColumn}.format`]: "yyyy-MM-dd",
          [`projection.${partitionColumn}.interval`]: "1",
          [`projection.${partitionColumn}.interval.unit`]: "DAYS",
          [`projection.${partitionColumn}.range`]: `NOW-${retentionDays}DAYS,NOW+1DAYS`,
          "storage.location.template": location.apply(
            (text) => `${text}${partitionColumn}=\${${partitionColumn}}/`,
          ),
        },
        storageDescriptor: {
          location,
          columns: Object.entries(rowColumns).map(([column, type]) => ({ name: column, type })),
          inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
          outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
          serDeInfo: { serializationLibrary: "org.openx.data.jsonserde.JsonSerDe" },
        },
      },
      child,
    );

    this.registerOutputs({ bucket: this.bucket.id, database: this.database.name });
  }
}

/** Expires the objects under a prefix, and their old versions a day later. */
function expiry(id: string, prefix: string, days: number) {
  return {
    id,
    status: "Enabled",
    filter: { prefix },
    expiration: { days },
    noncurrentVersionExpiration: { noncurrentDays: 1 },
  };
}
