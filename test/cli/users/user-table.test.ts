import assert from "node:assert/strict";

import { AwsApiError, type AwsApi } from "../../../cli/core/aws";
import { UserTable } from "../../../cli/users/user-table";
import { keys, toItem } from "../../../lambdas/identity-provider/stores/user-record";

type Input = Record<string, unknown>;
type Answer = object | Error;

/** A table that answers each call by its operation, and keeps what it was asked. */
function tableOf(answers: Record<string, Answer | ((input: Input) => Answer)>, skew?: number) {
  const calls: [string, Input][] = [];
  const api: AwsApi = {
    call: async <T>(_service: string, operation: string, input: object = {}) => {
      calls.push([operation, input as Input]);
      const answer = answers[operation] ?? {};
      const result = typeof answer === "function" ? answer(input as Input) : answer;
      await Promise.resolve();
      if (result instanceof Error) throw result;
      return result as T;
    },
    clockSkew: () => skew,
  };
  return { table: new UserTable(api, "users"), calls };
}

const failed = (code: string) => new AwsApiError("DynamoDB", "PutItem", code, "");
const changed = failed("ConditionalCheckFailedException");

describe("UserTable", () => {
  const user = { name: "cam", passwordHashes: ["h1"] };

  it("adds a user only where there is none", async () => {
    const { table, calls } = tableOf({});
    assert.equal(await table.add(user), true);
    assert.equal(calls[0][1].ConditionExpression, "attribute_not_exists(pk)");
    const taken = tableOf({
      PutItem: changed,
      GetItem: { Item: toItem({ ...user, passwordHashes: ["h2"] }) },
    });
    assert.equal(await taken.table.add(user), false);
  });

  it("takes its own write, whose answer was lost, as done", async () => {
    const { table } = tableOf({
      ...{ PutItem: changed, UpdateItem: changed, GetItem: { Item: toItem(user) } },
    });
    assert.equal(await table.add(user), true);
    assert.equal(await table.replaceHashes("cam", ["h0"], ["h1"]), true);
    assert.equal(await table.replaceHashes("cam", ["h0"], ["h1", "h0"]), false);
  });

  it("names the table that is not there, and passes other errors on", async () => {
    const missing = tableOf({ Scan: failed("ResourceNotFoundException") });
    await assert.rejects(missing.table.all(), /there is no table users in this region and account/);
    const throttled = failed("ThrottlingException");
    await assert.rejects(tableOf({ PutItem: throttled }).table.add(user), throttled);
  });

  it("removes fields that are undefined, and sets the others", async () => {
    const { table, calls } = tableOf({});
    await table.setFields("cam", { note: "north", validUntil: undefined });
    const [, input] = calls[0];
    assert.equal(input.UpdateExpression, "SET #note = :note REMOVE #validUntil");
    assert.deepEqual(input.ExpressionAttributeValues, { ":note": { S: "north" } });
  });

  it("scans page by page", async () => {
    const pages = [
      { Items: [toItem(user)], LastEvaluatedKey: { pk: { S: "k" } } },
      { Items: [toItem({ ...user, name: "cam-2" })] },
    ];
    const { table, calls } = tableOf({ Scan: () => pages.shift()! });
    assert.deepEqual((await table.all()).names(), ["cam", "cam-2"]);
    assert.deepEqual(calls[1][1].ExclusiveStartKey, { pk: { S: "k" } });
  });

  it("requests 100 keys at a time, and again what was not processed", async () => {
    const names = Array.from({ length: 150 }, (_, index) => `cam-${index}`);
    const sizes: number[] = [];
    const { table } = tableOf({
      BatchGetItem: ({ RequestItems: request }) => {
        const { Keys } = (request as Record<string, { Keys: { pk: { S: string } }[] }>).users;
        sizes.push(Keys.length);
        const [now, later] = Keys.length === 100 ? [Keys.slice(0, 90), Keys.slice(90)] : [Keys, []];
        return {
          Responses: { users: now },
          UnprocessedKeys: later.length === 0 ? {} : { users: { Keys: later } },
        };
      },
    });
    assert.deepEqual(await table.existing(names), new Set(names));
    assert.deepEqual(sizes, [100, 10, 50]);
  });

  describe("forgive", () => {
    const item = (lastAt: number, ttl = 0) => ({
      Item: {
        pk: { S: keys.failures("cam") },
        ...{ lastAt: { N: String(lastAt) }, ttl: { N: String(ttl) } },
      },
    });
    const written = async (answer: object, skew?: number) => {
      const { table, calls } = tableOf({ GetItem: answer }, skew);
      await table.forgive("cam", 1000, 300);
      const values = calls[1][1].ExpressionAttributeValues as Record<string, { N: string }>;
      return [values[":now"].N, values[":ttl"].N].map(Number);
    };

    it("voids failures up to now, and keeps the item for a window", async () => {
      assert.deepEqual(await written({}), [1000, 1300]);
      assert.deepEqual(await written(item(900, 5000)), [1000, 5000]);
    });

    it("counts by the clock that is ahead: the table's, or the last failure's", async () => {
      assert.deepEqual(await written({}, -30), [1030, 1330]);
      assert.deepEqual(await written(item(1050)), [1050, 1350]);
    });

    it("refuses a clock that is more than a minute off, and writes nothing", async () => {
      for (const [answer, skew, message] of [
        [{}, 61, /61 s ahead of the table's/],
        [{}, -61, /61 s behind the table's/],
        [item(1100), 0, /100 s behind the table's/],
      ] as const) {
        const { table, calls } = tableOf({ GetItem: answer }, skew);
        await assert.rejects(table.forgive("cam", 1000, 300), { code: "clock", message });
        assert.deepEqual(
          calls.map(([operation]) => operation),
          ["GetItem"],
        );
      }
    });
  });
});
