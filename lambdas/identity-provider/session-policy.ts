/**
 * The session policy of a login. Transfer Family's role can access the whole bucket, and this policy restricts the
 * session to the user's folders: only actions that both allow are permitted.
 */
import type { FileSpace, Folder } from "./home";
import type { Access } from "./stores/user-store";

/**
 * Maximum characters; longer policies are refused
 * (https://docs.aws.amazon.com/transfer/latest/userguide/custom-lambda-idp.html).
 */
export const longestPolicy = 2048;

interface Statement {
  readonly Effect: "Allow";
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

/**
 * The actions on objects. A folder that MKD creates is also an object, empty and with a key that ends in `/`. A
 * rename copies the object with its tags.
 */
const objectActions: Record<Access, readonly string[]> = {
  "read-write": [
    ...["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:DeleteObject"],
    ...["s3:GetObjectTagging", "s3:PutObjectTagging"],
  ],
  "read-only": ["s3:GetObject", "s3:GetObjectVersion"],
  "drop-box": ["s3:PutObject"],
};

/** A multipart upload also needs Decrypt, because S3 reads the parts to assemble them. */
const keyActions: Record<Access, readonly string[]> = {
  "read-write": ["kms:GenerateDataKey", "kms:Decrypt"],
  "read-only": ["kms:Decrypt"],
  "drop-box": ["kms:GenerateDataKey", "kms:Decrypt"],
};

/**
 * The policy for these folders as JSON text.
 *
 * Object keys are matched as `prefix/*`: without the slash, `users/cam1` would also match `users/cam10`. The listing
 * condition also names the prefix itself, as AWS's own example does
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
      // HeadObject, which checks whether a folder exists, needs s3:GetObject.
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
