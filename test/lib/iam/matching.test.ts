import assert from "node:assert/strict";
import { matchAction, matchArn, matchResource } from "../../../lib/iam/matching";
import { contextLookup } from "../../../lib/iam/request-context";

const context = contextLookup({
  "aws:PrincipalAccount": "111122223333",
  "aws:PrincipalTag/team": "blue*",
  "s3:prefix": "a:b",
  "aws:TagKeys": ["one", "two"],
});

function table<Row extends readonly unknown[]>(rows: readonly Row[], check: (row: Row) => void) {
  for (const row of rows) it(row.map(String).join("  "), () => check(row));
}

describe("iam: actions", () => {
  table(
    [
      ["s3:GetObject", "s3:GetObject", true],
      ["S3:getobject", "s3:GetObject", true],
      ["s3:Get*", "s3:GetObjectVersion", true],
      ["s3:Get*", "s3:PutObject", false],
      ["s3:???Object", "s3:PutObject", true],
      ["s3:???Object", "s3:DeleteObject", false],
      ["*", "kms:Decrypt", true],
      ["s3:GetObject", "s3:GetObjectVersion", false],
      ["kms:GenerateDataKey*", "kms:GenerateDataKey", true],
    ] as const,
    ([pattern, action, expected]) => assert.equal(matchAction(pattern, action), expected),
  );
});

describe("iam: resources", () => {
  const bucket = "arn:aws:s3:::b";
  table(
    [
      ["*", `${bucket}/k`, true],
      [bucket, bucket, true],
      [bucket, `${bucket}/k`, false],
      [`${bucket}/*`, `${bucket}/one/two.jpg`, true],
      [`${bucket}/*`, bucket, false],
      // The examples of the Resource page.
      [`${bucket}/*/test/*`, `${bucket}/1/2/test/3/object.jpg`, true],
      [`${bucket}/*/test/*`, `${bucket}/1/test/`, true],
      [`${bucket}/*/test/*`, `${bucket}/1-test/object.jpg`, false],
      [`${bucket}/*/test/*`, `${bucket}/test/object.jpg`, false],
      // A key may hold colons; a wildcard in the resource part stands for them too.
      [`${bucket}/*.jpg`, `${bucket}/12:30:00.jpg`, true],
      [`${bucket}/12?30?00.jpg`, `${bucket}/12:30:00.jpg`, true],
      // Within the first five parts a wildcard stays in its part, unless it ends the part.
      ["arn:aws:sqs:us-*-1:1:q", "arn:aws:sqs:us-east-1:1:q", true],
      ["arn:aws:sqs:us-*-1:q", "arn:aws:sqs:us-east:x-1:q", false],
      ["arn:aws:sqs:?:1:q", "arn:aws:sqs:::1:q", false],
      ["arn:aws:sqs:*:q", "arn:aws:sqs:r:1:q", true],
      ["arn:aws:s3*", `${bucket}/k`, true],
      // Case counts in a resource.
      [`${bucket}/K`, `${bucket}/k`, false],
      // Square brackets, dots and backslashes are themselves.
      [`${bucket}/[a].`, `${bucket}/[a].`, true],
      [`${bucket}/[a].`, `${bucket}/ab`, false],
      // An astral character is one character.
      [`${bucket}/?.jpg`, `${bucket}/\u{1F4F7}.jpg`, true],
    ] as const,
    ([pattern, resource, expected]) =>
      assert.deepEqual(matchResource(pattern, resource, context), {
        matches: expected,
      } satisfies ReturnType<typeof matchResource>),
  );
});

describe("iam: policy variables", () => {
  const arn = (key: string) => `arn:aws:s3:::b/${key}`;
  table(
    [
      ["${aws:PrincipalAccount}/x", "111122223333/x", true],
      ["${AWS:principalaccount}/x", "111122223333/x", true],
      ["${aws:PrincipalAccount}/x", "444455556666/x", false],
      // A wildcard in a value is not a wildcard.
      ["${aws:PrincipalTag/team}", "blue*", true],
      ["${aws:PrincipalTag/team}", "bluebird", false],
      ["${*}${?}${$}", "*?$", true],
      ["${*}", "anything", false],
      ["${aws:PrincipalTag/none, 'guest'}", "guest", true],
      ["${aws:PrincipalTag/team, 'guest'}", "blue*", true],
      ["${unclosed", "${unclosed", true],
    ] as const,
    ([pattern, key, expected]) =>
      assert.equal(matchResource(arn(pattern), arn(key), context).matches, expected),
  );

  it("a variable without a value matches nothing, not even itself", () => {
    for (const variable of ["${aws:username}", "${aws:TagKeys}", "${}", "${aws:username, bare}"])
      assert.deepEqual(matchResource(arn(variable), arn(variable), context), {
        matches: false,
        missing: variable,
      });
  });

  it("is literal text in documents without variables", () => {
    const text = arn("${aws:PrincipalAccount}");
    assert.equal(matchResource(text, text, undefined).matches, true);
    assert.equal(matchResource(text, arn("111122223333"), undefined).matches, false);
  });
});

describe("iam: ArnLike", () => {
  const user = "arn:aws:transfer:ap-northeast-1:111122223333:user/s-1/camera01";
  table(
    [
      ["arn:aws:transfer:ap-northeast-1:111122223333:user/*", user, true],
      ["arn:aws:transfer:*:111122223333:user/s-1/*", user, true],
      ["arn:aws:transfer:ap-northeast-1:111122223333:server/*", user, false],
      ["arn:aws:transfer:ap-northeast-1:${aws:PrincipalAccount}:user/*", user, true],
      // The example of the Condition operators page: a wildcard stays within its part.
      [
        "arn:aws:someservice:*:111122223333:finance/*",
        "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt",
        false,
      ],
      ["arn:aws:s3:::*", "arn:aws:s3:::b/1:2", true],
      ["arn:aws:s3:::b/1:2", "arn:aws:s3:::b/1:2", true],
      ["arn:aws:s3:::b/1", "arn:aws:s3:::b/1:2", false],
      ["arn:aws:s3:::b/${aws:username}", "arn:aws:s3:::b/x", false],
      ["arn:aws:s3:::b", "no-arn", false],
      ["*:*:*:*:*:*", "arn:aws", false],
    ] as const,
    ([pattern, arn, expected]) => assert.equal(matchArn(pattern, arn, context)?.matches, expected),
  );

  it("is undefined for a pattern that is not an ARN of six parts", () => {
    for (const pattern of ["*", "arn:aws:transfer:*", "${aws:PrincipalAccount}"])
      assert.equal(matchArn(pattern, user, context), undefined);
  });
});
