/**
 * The IAM and bucket policies of the program as plain documents without Pulumi types, so that tests can evaluate what
 * each grants. Every ARN is an argument.
 */

export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | { readonly Service: string };
  readonly Action: string | string[];
  readonly Resource?: string | string[];
  readonly Condition?: Record<string, Record<string, string | string[]>>;
}

/** A policy document of IAM, S3 or SQS. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: Statement[];
}

/** A policy document of these statements. */
export const document = (...statements: Statement[]): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: statements,
});

/** Trust policy for an AWS service, without conditions: for services that act for their own resource only. */
export function serviceTrust(service: string): PolicyDocument {
  return document({
    Sid: "AssumeByService",
    Effect: "Allow",
    Principal: { Service: service },
    Action: "sts:AssumeRole",
  });
}

/**
 * Trust policy for Transfer Family, for this account and these Transfer resources only, so that no other account's
 * server can use the role (AWS Transfer Family user guide, "confused deputy"): `user/*` for the role that
 * reaches the files, `server/*` for the role that calls the identity provider.
 */
export function transferTrust(args: {
  partition: string;
  region: string;
  accountId: string;
  resource: "user/*" | "server/*";
}): PolicyDocument {
  const { partition, region, accountId, resource } = args;
  return document({
    Sid: "AssumeByTransfer",
    Effect: "Allow",
    Principal: { Service: "transfer.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: {
      StringEquals: { "aws:SourceAccount": accountId },
      ArnLike: { "aws:SourceArn": `arn:${partition}:transfer:${region}:${accountId}:${resource}` },
    },
  });
}

/**
 * The most that Transfer Family may do with the bucket for a logged-in user; the session policy restricts it to the
 * user's own folder (user guide, "users-policies"). With a KMS key, writing needs a data key, and reading needs to
 * decrypt.
 */
export function fileAccess(args: { bucketArn: string; kmsKeyArn?: string }): PolicyDocument {
  const { bucketArn, kmsKeyArn } = args;
  const statements: Statement[] = [
    {
      Sid: "ListFiles",
      Effect: "Allow",
      Action: ["s3:ListBucket", "s3:GetBucketLocation"],
      Resource: bucketArn,
    },
    {
      Sid: "UseFiles",
      Effect: "Allow",
      Action: ["s3:PutObject", "s3:GetObject", "s3:GetObjectVersion", "s3:DeleteObject"],
      Resource: `${bucketArn}/*`,
    },
    {
      // A rename copies the object with its tags, which a malware scan or your own function may have set.
      Sid: "CopyTags",
      Effect: "Allow",
      Action: ["s3:GetObjectTagging", "s3:PutObjectTagging"],
      Resource: `${bucketArn}/*`,
    },
  ];
  if (kmsKeyArn) {
    statements.push({
      Sid: "UseKey",
      Effect: "Allow",
      Action: ["kms:GenerateDataKey", "kms:Decrypt"],
      Resource: kmsKeyArn,
    });
  }
  return document(...statements);
}

/**
 * The policy of a bucket: it denies every request without TLS; Transfer Family always uses TLS. A protected bucket also
 * denies every principal its deletion, and that of versions. Lifecycle rules are not subject to bucket policies, and a
 * delete without a version only adds a marker.
 */
export function bucketPolicy(bucketArn: string, isProtected = false): PolicyDocument {
  const withoutTls: Statement = {
    Sid: "DenyWithoutTls",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  const deletion: Statement = {
    Sid: "DenyDeletion",
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:DeleteBucket", "s3:DeleteObjectVersion"],
    Resource: [bucketArn, `${bucketArn}/*`],
  };
  return document(withoutTls, ...(isProtected ? [deletion] : []));
}

/** Permits to call the identity provider's method, and nothing else of the API. */
export function invokeIdentityApi(methodArn: string): PolicyDocument {
  return document({
    Sid: "InvokeIdentityApi",
    Effect: "Allow",
    Action: "execute-api:Invoke",
    Resource: methodArn,
  });
}

/**
 * Permissions of the identity provider's function: its records, its failure counters, its own log, and, if users are
 * secrets, reading them.
 */
export function identityFunctionAccess(args: {
  tableArn: string;
  logGroupArn: string;
  secretsArn?: string;
  /** KMS key of the table. */
  tableKmsKeyArn?: string;
}): PolicyDocument {
  const { secretsArn, tableKmsKeyArn } = args;
  // DynamoDB uses the key with the caller's permissions (developer guide, "Using IAM policies with DynamoDB keys").
  const useKey: Statement = {
    Sid: "UseKeyOfRecords",
    Effect: "Allow",
    Action: [
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:Encrypt",
      "kms:GenerateDataKey*",
      "kms:ReEncrypt*",
    ],
    Resource: tableKmsKeyArn,
  };
  const readSecrets: Statement[] = secretsArn
    ? [
        {
          Sid: "ReadUsers",
          Effect: "Allow",
          Action: "secretsmanager:GetSecretValue",
          Resource: secretsArn,
        },
      ]
    : [];
  return document(
    {
      Sid: "UseRecords",
      Effect: "Allow",
      Action: ["dynamodb:BatchGetItem", "dynamodb:UpdateItem"],
      Resource: args.tableArn,
    },
    writeLog(args.logGroupArn),
    ...readSecrets,
    ...(tableKmsKeyArn ? [useKey] : []),
  );
}

/**
 * Permissions of the canary's function: the network interfaces that Lambda creates and removes with its role, which
 * AWS allows on all resources only (Lambda developer guide, "Giving Lambda functions access to resources in an Amazon
 * VPC"), and its own log. AWS's managed policy for this also allows creating log groups, so the function's group
 * would be created again after a destroy.
 */
export function canaryAccess(logGroupArn: string): PolicyDocument {
  return document(
    {
      Sid: "ManageNetworkInterfaces",
      Effect: "Allow",
      Action: [
        "ec2:CreateNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:DeleteNetworkInterface",
        "ec2:AssignPrivateIpAddresses",
        "ec2:UnassignPrivateIpAddresses",
      ],
      Resource: "*",
    },
    writeLog(logGroupArn),
  );
}

/** Writing to one log group, which is not created when it does not exist. */
export function writeLog(logGroupArn: string): Statement {
  return {
    Sid: "WriteLog",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: `${logGroupArn}:*`,
  };
}
