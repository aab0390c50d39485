import assert from "node:assert/strict";

import type { EvaluatedStack } from "../../../lib/stack/resource";
import type { ObjectRequest } from "../../../twin/store/function-s3";
import { objectRefusal } from "../../../twin/wiring/object-access";
import { queueSources } from "../../../twin/wiring/queue-sources";
import { evaluateStack } from "../../support/golden";

const key = "arn:aws:kms:ap-northeast-1:123456789012:key/0a1b2c3d-0000-1111-2222-333344445555";

describe("object permissions of the upload function", () => {
  let plain: EvaluatedStack;
  let withKey: EvaluatedStack;
  before(async () => {
    plain = await evaluateStack("dev");
    withKey = await evaluateStack("dev", { "canal-ftp:kmsKeyArn": key });
  });

  /**
   * Why the function's role may not make a request.
   *
   * @param change - Applied to the role's policies.
   */
  function refusal(
    stack: EvaluatedStack,
    request: Pick<ObjectRequest, "action"> & { readonly log?: boolean },
    change = (text: string) => text,
  ): string | undefined {
    const { bucket, uploadLogBucket } = stack.outputs;
    const [{ role }] = queueSources(stack);
    const policies = role.policies.map(({ source, document }) => ({
      source,
      document: change(String(document)),
    }));
    return objectRefusal(
      stack,
      { ...role, policies },
      {
        action: request.action,
        bucket: String(request.log ? uploadLogBucket : bucket),
        key: request.log ? "uploads/dt=2026-11-26/a.json" : "users/camera01/a.jpg",
      },
    );
  }

  const needed: (Pick<ObjectRequest, "action"> & { readonly log?: boolean })[] = [
    { action: "s3:GetObject" },
    { action: "s3:GetObjectVersion" },
    { action: "s3:ListBucketVersions" },
    { action: "s3:ListBucket" },
    { action: "s3:ListBucket", log: true },
    { action: "s3:GetObject", log: true },
    { action: "s3:PutObject", log: true },
  ];
  for (const request of needed) {
    it(`${request.action} ${request.log ? "in the log" : "of files"}: allowed, also with a key`, () => {
      assert.deepEqual(
        [refusal(plain, request), refusal(withKey, request)],
        [undefined, undefined],
      );
    });
  }

  for (const action of ["s3:PutObject", "s3:PutObjectTagging"] as const) {
    it(`${action} of files of devices: denied`, () => {
      assert.ok(refusal(plain, { action })?.includes(action));
    });
  }

  it("needs the key only to read and to write", () => {
    const without = (text: string) =>
      text.replace('"kms:Decrypt"', '"kms:A"').replace('"kms:GenerateDataKey"', '"kms:B"');
    for (const action of ["s3:GetObject", "s3:GetObjectVersion"] as const) {
      assert.match(refusal(withKey, { action }, without) ?? "", /kms:Decrypt/);
    }
    assert.match(
      refusal(withKey, { action: "s3:PutObject", log: true }, without) ?? "",
      /kms:GenerateDataKey/,
    );
    assert.equal(refusal(withKey, { action: "s3:ListBucketVersions" }, without), undefined);
    assert.equal(refusal(plain, { action: "s3:GetObject" }, without), undefined);
  });
});
