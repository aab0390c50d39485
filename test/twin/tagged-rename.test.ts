import assert from "node:assert/strict";
import { Readable } from "node:stream";

import { FTPError } from "basic-ftp";

import type { Evaluation } from "../../lib/stack/resource";
import { bucketTags } from "../../twin/store/buckets";
import { runTwin, testUser, type RunningTwin } from "../support/running-twin";

/** A rename a while after the upload, of an object that something has tagged meanwhile: a malware scan, for example. */
describe("a rename of a tagged file", function () {
  let running: RunningTwin | undefined;
  afterEach(() => running?.stop());

  /** Stores, tags, renames. Returns the reply. */
  async function rename(isTagged: boolean, change?: (whole: Evaluation) => Evaluation) {
    running = await runTwin({ change });
    const { twin, data } = running;
    const client = await running.client();
    await client.uploadFrom(Readable.from(["photo"]), "a.tmp");
    const key = `users/${testUser.name}/a.tmp`;
    if (isTagged) {
      const { etag } = running.events.flatMap((event) =>
        event.kind === "transfer" ? event : [],
      )[0];
      await bucketTags(data, twin.bucket).put(key, etag!, { GuardDutyMalwareScanStatus: "x" });
    }
    return client.rename("a.tmp", "a.jpg").then(
      ({ message }) => message,
      (error: FTPError) => error.message,
    );
  }

  /** The stack without an action in the policies of one role. */
  const without = (action: string) => (whole: Evaluation) => ({
    ...whole,
    resources: whole.resources.map((resource) =>
      /RolePolicy::.*-files-access$/.test(resource.key)
        ? {
            ...resource,
            outputs: {
              ...resource.outputs,
              policy: String(resource.outputs.policy).replace(`"${action}"`, '"s3:ListBucket"'),
            },
          }
        : resource,
    ),
  });

  it("is allowed by role and session policy", async () => {
    assert.match(await rename(true), /^250 /);
  });

  for (const action of ["s3:GetObjectTagging", "s3:PutObjectTagging"]) {
    it(`without ${action} is refused as AWS refuses it, and the report names it`, async () => {
      assert.match(await rename(true, without(action)), /^553 /);
      const finding = `The user is not allowed to RNTO a.jpg (${action}).`;
      assert.ok(running!.findings.includes(finding), running!.log());
    });
  }

  it("needs neither of a file without tags, as the program leaves them", async () => {
    assert.match(await rename(false, without("s3:PutObjectTagging")), /^250 /);
  });
});
