import assert from "node:assert/strict";

import type { Access, Permissions } from "../../soracom/access";
import { checkBefore, lackOf } from "../../soracom/preflight";

describe("checkBefore", () => {
  const check = async (permissions: Permissions, stdout = "SORACOM API client v1.7.0\n") => {
    const lines: string[] = [];
    await checkBefore({
      runCli: () => Promise.resolve({ exitCode: 0, stdout, stderr: "" }),
      env: {},
      access: { permissions: () => Promise.resolve(permissions) } as unknown as Access,
      log: (line) => void lines.push(line),
    });
    return lines;
  };
  const user = (...missing: string[]): Permissions => ({ state: "user", userName: "ci", missing });

  it("prints nothing when all is well", async () => {
    assert.deepEqual(await check({ state: "root" }), []);
    assert.deepEqual(await check(user()), []);
    assert.deepEqual(await check(user(), "SORACOM API client v\n"), [], "built with go install");
  });

  it("refuses an old CLI, and a user that lacks permissions, by name", async () => {
    await assert.rejects(check(user(), "SORACOM API client v1.2.0\n"), {
      message: /^The SORACOM CLI is "SORACOM API client v1\.2\.0", and 1\.7\.0 or newer is needed/,
    });
    await assert.rejects(check(user("Sim:putTags", "Group:createGroup")), {
      message: /^The SAM user ci lacks permissions: Sim:putTags, Group:createGroup\. .*Nothing was/,
    });
  });

  it("continues with a note when the permissions cannot be read", async () => {
    const [line] = await check({ state: "unread", userName: "ci", reason: "refused" });
    assert.match(line, /permissions of SAM user ci were not checked/);
    assert.equal(lackOf({ state: "unread", userName: "ci", reason: "refused" }), undefined);
  });
});
