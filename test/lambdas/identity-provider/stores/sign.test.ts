import assert from "node:assert/strict";
import { AwsV4Signer } from "aws4fetch";
import fc from "fast-check";
import { signedHeaders } from "../../../../lambdas/identity-provider/stores/sign";

describe("Signatures", () => {
  it("agree with another implementation's", async () => {
    const text = fc.string({ minLength: 1, maxLength: 30 }).filter((t) => /^[\x21-\x7e]+$/.test(t));
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          service: fc.constantFrom("dynamodb", "secretsmanager"),
          region: fc.constantFrom("eu-west-1", "ap-northeast-1"),
          target: text,
          body: fc.string({ unit: "binary" }),
          secretAccessKey: text,
          sessionToken: fc.option(text, { nil: undefined }),
          at: fc.date({
            min: new Date("2020-01-01"),
            max: new Date("2099-01-01"),
            noInvalidDate: true,
          }),
        }),
        async ({ service, region, target, body, secretAccessKey, sessionToken, at }) => {
          const host = `${service}.${region}.amazonaws.com`;
          const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey, sessionToken };
          const ours = signedHeaders({ host, service, region, target, body, at }, credentials);
          const theirs = await new AwsV4Signer({
            ...credentials,
            service,
            region,
            body,
            method: "POST",
            url: `https://${host}/`,
            headers: { "x-amz-target": target },
            datetime: at.toISOString().replace(/[:-]|\.\d{3}/g, ""),
          }).sign();
          assert.equal(ours.authorization, theirs.headers.get("authorization"));
          assert.equal(ours["x-amz-date"], theirs.headers.get("x-amz-date"));
          assert.equal(ours["x-amz-security-token"], sessionToken);
        },
      ),
      { numRuns: 200 },
    );
  });
});
