import assert from "node:assert/strict";

import { sdkApi } from "../../../cli/core/aws-sdk";
import { planUsers, putUserItem, readUserItems } from "../../../cli/restore/user-records";
import { toItem } from "../../../lambdas/identity-provider/stores/user-record";
import { openTable, type Table } from "../../lambdas/identity-provider/support/table";

describe("cli/restore/user-records", () => {
  const user = (name: string, note = "", hashes = ["one", "two"]) =>
    toItem({
      ...{ name, note, passwordHashes: hashes, validUntil: 1_900_000_000 },
      mappings: [{ entry: "/config", target: "shared/config", access: "read-only" }],
    });
  const byName = (...items: (readonly [string, ReturnType<typeof user>])[]) => new Map(items);

  it("plans users that are gone or differ, whatever the order of attributes; newer ones stay", () => {
    const same = user("same");
    const reversed = Object.fromEntries(Object.entries(same).reverse());
    const then = byName(
      ["gone", user("gone")],
      ["changed", user("changed", "", ["one"])],
      ["same", same],
    );
    const now = byName(
      ["changed", user("changed")],
      ["same", reversed as typeof same],
      ["newer", user("newer")],
    );
    const { steps, unchanged, newer } = planUsers(then, now);
    assert.deepEqual(
      steps.map(({ name, because }) => [name, because]),
      [
        ["changed", "changed"],
        ["gone", "deleted"],
      ],
    );
    assert.deepEqual([unchanged, newer], [1, 1]);
  });

  describe("in a table", () => {
    let table: Table;
    const api = () =>
      sdkApi(
        {
          ...{ region: "eu-west-1", endpoint: table.endpoint },
          credentials: { accessKeyId: "TEST", secretAccessKey: "test" },
        },
        new AbortController().signal,
      );
    before(async () => {
      table = await openTable();
    });
    after(() => table.close());

    it("replaces a record only while it is the planned one", async () => {
      const [then, now] = [user("a", "then"), user("a", "now")];
      const step = { name: "a", because: "changed" as const, then, now };
      await table.put(now);
      assert.equal(await putUserItem(api(), table.name, step), true);
      assert.deepEqual(await table.get("user#a"), then);
      for (const meanwhile of [user("a", "other"), user("a", "now", ["one", "three"])]) {
        await table.put(meanwhile);
        assert.equal(await putUserItem(api(), table.name, step), false);
        assert.deepEqual(await table.get("user#a"), meanwhile);
      }
      const deleted = { name: "a", because: "deleted" as const, then };
      assert.equal(await putUserItem(api(), table.name, deleted), false);
    });

    it("reads users of every page, and no other items", async () => {
      const note = "x".repeat(300_000);
      for (let index = 0; index < 8; index++) await table.put(user(`page-${index}`, note));
      await table.put({ pk: { S: "server#s-1" } });
      const names = [...(await readUserItems(api(), table.name)).keys()].sort();
      assert.deepEqual(names, ["a", ...Array.from({ length: 8 }, (_, index) => `page-${index}`)]);
    });
  });
});
