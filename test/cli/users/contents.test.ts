import assert from "node:assert/strict";

import { Contents } from "../../../cli/users/contents";
import {
  keys,
  serverItem,
  toItem,
  verifiedValue,
  type Item,
} from "../../../lambdas/identity-provider/stores/user-record";

const rules = { addressFailures: 3, nameFailures: 5, windowSeconds: 100 };

function contentsOf(...items: readonly Item[]): Contents {
  const contents = new Contents();
  for (const item of items) contents.add(item);
  return contents;
}

const number = (value: number) => ({ N: String(value) });
const failures = (count: number, lastAt: number, address?: string, more: Item = {}): Item => ({
  pk: { S: keys.failures("cam", address) },
  ...{ failures: number(count), firstAt: number(lastAt), lastAt: number(lastAt) },
  ...more,
});

describe("Contents", () => {
  it("has users by name, and names of records that the function cannot read", () => {
    const user = toItem({ name: "cam", passwordHashes: ["h"], note: "north" });
    const damaged = { ...toItem({ name: "bad", passwordHashes: ["h"] }), enabled: { S: "true" } };
    const contents = contentsOf(user, damaged, serverItem("s-1"));
    assert.equal(contents.users.get("cam")?.note, "north");
    assert.deepEqual(contents.damaged, ["bad"]);
    assert.deepEqual(contents.names(), ["bad", "cam"]);
  });

  it("distinguishes locks for one address from a lock for all", () => {
    const contents = contentsOf(
      failures(4, 1000),
      failures(3, 1000, "100.64.0.2"),
      failures(3, 1000, "100.64.0.1"),
      failures(2, 1000, "100.64.0.3"),
    );
    const locked = { everywhere: false, addresses: ["100.64.0.1", "100.64.0.2"] };
    assert.deepEqual(contents.locks("cam", rules, 1050), locked);
    assert.equal(contentsOf(failures(5, 1000)).locks("cam", rules, 1050).everywhere, true);
    assert.deepEqual(contents.locks("other", rules, 1050), { everywhere: false, addresses: [] });
  });

  it("ends locks a window after the last failure, and by unlock, for any order of items", () => {
    const address = failures(3, 1000, "100.64.0.1");
    const none = { everywhere: false, addresses: [] };
    assert.deepEqual(contentsOf(address).locks("cam", rules, 1100), none);
    const forgiven = failures(0, 1000, undefined, { forgivenAt: number(1000) });
    for (const items of [
      [address, forgiven],
      [forgiven, address],
    ]) {
      assert.deepEqual(contentsOf(...items).locks("cam", rules, 1050), none);
    }
  });

  it("has the time of the password that was verified last", () => {
    const verified = verifiedValue([
      { digest: "a", at: 20 },
      { digest: "b", at: 10 },
    ]);
    const contents = contentsOf(failures(0, 0, undefined, { verified }));
    assert.equal(contents.lastVerified("cam"), 20);
    assert.equal(contentsOf(failures(1, 1)).lastVerified("cam"), undefined);
  });
});
