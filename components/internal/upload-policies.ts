/** The policies of upload events as plain documents, like those in policies.ts. */
import { document, PolicyDocument, Statement, writeLog } from "./policies";

/**
 * The events that the rule selects: uploads to one server, complete or not, and renames, which give many devices'
 * uploads their final names.
 *
 * @param probe - User whose uploads are excluded: the canary deletes its file before it could be checked.
 */
export function uploadPattern(serverId: string, probe?: string): object {
  return {
    source: ["aws.transfer"],
    // AWS's documents differ in the words before: "FTP Server File …", "FTP File Server …".
    "detail-type": ["Upload Completed", "Upload Failed", "Rename Completed"].map((suffix) => ({
      suffix,
    })),
    detail: {
      "server-id": [serverId],
      "status-code": ["COMPLETED", "FAILED"],
      ...(probe === undefined ? {} : { username: [{ "anything-but": [probe] }] }),
    },
  };
}

/** Access to a queue: the rule may send messages, and requests without TLS are denied. */
export function queueAccess(args: { queueArn: string; ruleArn: string }): PolicyDocument {
  const { queueArn, ruleArn } = args;
  return document(
    {
      Sid: "PutByRule",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queueArn,
      Condition: { ArnEquals: { "aws:SourceArn": ruleArn } },
    },
    {
      Sid: "DenyWithoutTls",
      Effect: "Deny",
      Principal: "*",
      Action: "sqs:*",
      Resource: queueArn,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  );
}

/**
 * Permissions of the function: its queue, the files to check with their versions, the log to write, its own log group.
 * It can neither write, tag nor delete a file. Listing objects is permitted only because S3 otherwise returns "access
 * denied" for a missing object instead of "not found".
 */
export function uploadFunctionAccess(args: {
  queueArn: string;
  bucketArn: string;
  logBucketArn: string;
  logGroupArn: string;
  kmsKeyArn?: string;
  /** Lambda function of the user's that it invokes. */
  functionArn?: string;
}): PolicyDocument {
  const { queueArn, bucketArn, logBucketArn, logGroupArn, kmsKeyArn, functionArn } = args;
  const invoke: Statement = {
    Sid: "InvokeYourFunction",
    Effect: "Allow",
    Action: "lambda:InvokeFunction",
    Resource: functionArn,
  };
  const useKey: Statement = {
    Sid: "UseKey",
    Effect: "Allow",
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: kmsKeyArn,
  };
  return document(
    {
      Sid: "TakeEvents",
      Effect: "Allow",
      Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
      Resource: queueArn,
    },
    {
      Sid: "ReadFiles",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:GetObjectVersion"],
      Resource: `${bucketArn}/*`,
    },
    {
      Sid: "ListVersions",
      Effect: "Allow",
      Action: "s3:ListBucketVersions",
      Resource: bucketArn,
    },
    {
      Sid: "WriteLogOfUploads",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: `${logBucketArn}/*`,
    },
    {
      Sid: "ListForNotFound",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: [bucketArn, logBucketArn],
    },
    writeLog(logGroupArn),
    ...(kmsKeyArn ? [useKey] : []),
    ...(functionArn ? [invoke] : []),
  );
}
