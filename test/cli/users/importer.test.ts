import assert from "node:assert/strict";

import { UserError } from "../../../cli/core/errors";
import { importUsers } from "../../../cli/users/importer";
import type { Site } from "../../../cli/users/site";
import { defaultParameters } from "../../../lambdas/identity-provider/password";

describe("importUsers", () => {
  it("stops after eight consecutive failures of the table, and not after eight in all", async () => {
    const rows = Array.from({ length: 20 }, (_, i) => ({
      line: i + 2,
      name: `row-${i}`,
      password: "k3Jd82hsQp0xYtz",
      fields: {},
      given: [],
    }));
    const importWith = (fails: (call: number) => boolean) => {
      let calls = 0;
      const table = {
        existing: () => Promise.resolve(new Set<string>()),
        add: () =>
          fails(calls++) ? Promise.reject(new UserError("by the test")) : Promise.resolve(true),
      };
      const space = { bucketName: "b", bucketArn: "arn:aws:s3:::b", homePrefix: "users" };
      const site = {
        table,
        space: { ...space, sharedPrefix: "shared" },
        scrypt: { ...defaultParameters, N: 4096 },
      } as unknown as Site;
      const stop = new AbortController().signal;
      return importUsers(rows, site, { concurrency: 1, stop, report: () => undefined });
    };
    const alternating = await importWith((call) => call % 2 === 0);
    assert.deepEqual([alternating.added, alternating.stopped], [10, undefined]);
    const broken = await importWith((call) => call >= 3);
    assert.deepEqual([broken.added, broken.failed.length], [3, 8]);
    assert.equal(broken.stopped, "by the test");
  });
});
