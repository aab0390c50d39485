/**
 * The session policy of a login: Transfer Family's role reaches the whole bucket, and this policy takes away
 * all but the user's folders. What is allowed is what role and policy both allow.
 */
import type { FileSpace, Folder } from "./home";
import type { Access } from "./stores/user-store";

/** Characters; longer ones are refused (https://docs.aws.amazon.com/transfer/latest/userguide/custom-lambda-idp.html). */
export const longestPolicy = 2048;

interface Statement {
  readonly Effect: "Allow";
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

/**
 * What may be done with objects. A folder made by MKD is an object too: an empty one whose key ends in `/`. A rename
 * copies the object with its tags.
 */
const objectActions: Record<Access, readonly string[]> = {
  "read-write": [
    ...["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:DeleteObject"],
    ...["s3:GetObjectTagging", "s3:PutObjectTagging"],
  ],
  "read-only": ["s3:GetObject", "s3:GetObjectVersion"],
  "drop-box": ["s3:PutObject"],
};

/** Storing a large file takes Decrypt as well: S3 reads the parts back when it puts them together. */
const keyActions: Record<Access, readonly string[]> = {
  "read-write": ["kms:GenerateDataKey", "kms:Decrypt"],
  "read-only": ["kms:Decrypt"],
  "drop-box": ["kms:GenerateDataKey", "kms:Decrypt"],
};

/**
 * The policy, as JSON text, for exactly these folders.
 *
 * Object keys are matched as `prefix/*`: without the slash, `users/cam1` would open `users/cam10`. The
 * listing condition also names the prefix itself, as AWS's own example does
 * (https://docs.aws.amazon.com/transfer/latest/userguide/users-policies-session.html).
 */
export function sessionPolicy(folders: readonly Folder[], space: FileSpace): string {
  const { bucketArn, kmsKeyArn } = space;
  const statements: Statement[] = [
    { Effect: "Allow", Action: "s3:GetBucketLocation", Resource: bucketArn },
    {
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: bucketArn,
      Condition: {
        StringLike: { "s3:prefix": folders.flatMap(({ target }) => [target, `${target}/*`]) },
      },
    },
  ];
  for (const [access, actions] of Object.entries(objectActions) as [Access, string[]][]) {
    const targets = folders
      .filter((folder) => folder.access === access)
      .map(({ target }) => target);
    if (targets.length === 0) continue;
    statements.push({
      Effect: "Allow",
      Action: actions,
      Resource: targets.map((target) => `${bucketArn}/${target}/*`),
    });
    if (access === "drop-box") {
      // Whether a folder exists is asked with a HEAD of its key, which is a GetObject to IAM.
      statements.push({
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: targets.flatMap((target) => [
          `${bucketArn}/${target}/`,
          `${bucketArn}/${target}/*/`,
        ]),
      });
    }
  }
  if (kmsKeyArn !== undefined) {
    const actions = new Set(folders.flatMap(({ access }) => keyActions[access]));
    statements.push({ Effect: "Allow", Action: [...actions], Resource: kmsKeyArn });
  }
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
