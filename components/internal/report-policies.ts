import { document, type PolicyDocument, type Statement, writeLog } from "./policies";

/**
 * Permissions of the function that reports silent devices: queries of its own workgroup over the log's table, their
 * results, and its topic (Athena user guide, "Access to workgroups and tags" and "Access to Amazon S3").
 */
export function silentDevicesAccess(args: {
  workgroupArn: string;
  databaseArn: string;
  tableArn: string;
  logBucketArn: string;
  rowPrefix: string;
  queryPrefix: string;
  topicArn: string;
  logGroupArn: string;
  kmsKeyArn?: string;
}): PolicyDocument {
  const { databaseArn, logBucketArn, rowPrefix, queryPrefix, kmsKeyArn } = args;
  const useKey: Statement = {
    Sid: "UseKey",
    Effect: "Allow",
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: kmsKeyArn,
  };
  return document(
    {
      Sid: "Query",
      Effect: "Allow",
      Action: ["athena:GetQueryExecution", "athena:GetQueryResults", "athena:StartQueryExecution"],
      Resource: args.workgroupArn,
    },
    {
      Sid: "ReadTable",
      Effect: "Allow",
      Action: ["glue:GetDatabase", "glue:GetPartitions", "glue:GetTable"],
      Resource: [databaseArn.replace(/:database\/.*/, ":catalog"), databaseArn, args.tableArn],
    },
    {
      Sid: "ListLog",
      Effect: "Allow",
      Action: ["s3:GetBucketLocation", "s3:ListBucket"],
      Resource: logBucketArn,
    },
    {
      Sid: "ReadRows",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: `${logBucketArn}/${rowPrefix}/*`,
    },
    {
      Sid: "KeepResults",
      Effect: "Allow",
      Action: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
      Resource: `${logBucketArn}/${queryPrefix}/*`,
    },
    { Sid: "Report", Effect: "Allow", Action: "sns:Publish", Resource: args.topicArn },
    writeLog(args.logGroupArn),
    ...(kmsKeyArn ? [useKey] : []),
  );
}
