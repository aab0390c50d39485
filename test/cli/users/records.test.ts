import assert from "node:assert/strict";

import { hashOf, problemsOf, recordOf } from "../../../cli/users/records";
import type { Site } from "../../../cli/users/site";
import { defaultParameters, verifyPassword } from "../../../lambdas/identity-provider/password";

const site = {
  scrypt: { ...defaultParameters, N: 2 ** 12 },
  space: {
    bucketName: "files",
    bucketArn: "arn:aws:s3:::files",
    homePrefix: "users",
    sharedPrefix: "shared",
  },
} as Site;

describe("users/records", () => {
  it("has defaults for missing fields, and none for given ones", () => {
    const rest = { name: "cam-1", passwordHashes: ["hash"], mappings: [] };
    assert.deepEqual(recordOf("cam-1", "hash", {}), {
      ...rest,
      enabled: true,
      access: "read-write",
    });
    const given = { enabled: false, access: "read-only" } as const;
    assert.deepEqual(recordOf("cam-1", "hash", given), { ...rest, ...given });
  });

  it("finds what the function would deny", () => {
    assert.deepEqual(problemsOf("cam-1", {}, site), []);
    assert.equal(problemsOf("..", {}, site).length, 1);
  });

  it("hashes at the stack's cost", async () => {
    const hash = await hashOf("k3Jd82hsQp0xYtz", site);
    assert.match(hash, /^\$scrypt\$ln=12,/);
    assert.ok(await verifyPassword("k3Jd82hsQp0xYtz", hash));
  });
});
