import assert from "node:assert/strict";

import { auditUsers } from "../../../cli/users/audit";
import { Contents } from "../../../cli/users/contents";
import { recordOf } from "../../../cli/users/records";
import type { Site } from "../../../cli/users/site";
import { dummyHash } from "../../../lambdas/identity-provider/password";
import { keys, toItem, verifiedValue } from "../../../lambdas/identity-provider/stores/user-record";
import { cheap, rules } from "../../lambdas/identity-provider/support/fixtures";

const now = 1_800_000_000;
const hash = dummyHash(cheap);

function findingsOf(...fields: (Partial<ReturnType<typeof recordOf>> & { used?: boolean })[]) {
  const contents = new Contents();
  for (const { used = true, ...record } of fields) {
    const { name = "cam-1" } = record;
    contents.add(toItem({ ...recordOf(name, hash, {}), ...record }));
    if (!used) continue;
    const verified = verifiedValue([{ digest: "x", at: now - 60 }]);
    contents.add({ pk: { S: keys.failures(name) }, verified });
  }
  const site = { ...rules, rememberSeconds: 604_800 } as unknown as Site;
  return auditUsers(contents, site, now).map(({ name, level, code }) => `${name} ${level} ${code}`);
}

describe("users/audit", () => {
  it("finds nothing about sound users in use", () => {
    assert.deepEqual(findingsOf({}, { name: "cam-2", validUntil: now + 1 }), []);
  });

  it("finds what a login would refuse", () => {
    const mappings = [{ entry: "/x", target: "users/cam-2", access: "read-only" as const }];
    assert.deepEqual(findingsOf({ mappings }), ["cam-1 problem refused"]);
    assert.deepEqual(findingsOf({ name: "ab" }), ["ab problem refused"]);
    assert.deepEqual(findingsOf({ validUntil: now }), ["cam-1 problem expired"]);
    assert.deepEqual(findingsOf({ allowedCidrs: [] }), ["cam-1 problem nowhere"]);
    assert.deepEqual(findingsOf({ passwordHashes: ["$scrypt$"] }), ["cam-1 problem refused"]);
    const contents = new Contents();
    contents.add({ pk: { S: keys.user("odd-1") }, enabled: { S: "yes" } });
    const [damaged] = auditUsers(contents, { ...rules } as unknown as Site, now);
    assert.deepEqual([damaged.name, damaged.code], ["odd-1", "damaged"]);
  });

  it("notes users who are not used, disabled, in a rotation, or at one address", () => {
    assert.deepEqual(findingsOf({ used: false }), ["cam-1 note unused"]);
    assert.deepEqual(findingsOf({ enabled: false }), ["cam-1 note disabled"]);
    assert.deepEqual(findingsOf({ passwordHashes: [hash, hash] }), ["cam-1 note two-passwords"]);
    const allowedCidrs = ["100.64.0.9/32"];
    assert.deepEqual(findingsOf({ allowedCidrs }, { name: "cam-2", allowedCidrs }), [
      "cam-1 note same-address",
      "cam-2 note same-address",
    ]);
    assert.deepEqual(findingsOf({ name: "root" }), ["root note special-name"]);
  });
});
