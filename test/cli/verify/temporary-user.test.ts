import assert from "node:assert/strict";

import { AwsApiError, type AwsApi } from "../../../cli/core/aws";
import type { SiteOutputs } from "../../../cli/verify/subject";
import { withTemporaryUser } from "../../../cli/verify/temporary-user";
import type { TestUser } from "../../../cli/verify/test-user";
import { cliContext } from "../../support/cli-context";

describe("withTemporaryUser", () => {
  let operations: string[];
  let items: Record<string, unknown>[];

  /** Runs with a table that returns these errors by operation. */
  async function run(
    errors: Record<string, string>,
    act: (visitor: TestUser) => Promise<unknown> = () => Promise.resolve(),
  ) {
    operations = [];
    items = [];
    const api: AwsApi = {
      call: <T>(service: "DynamoDB", operation: string, input: object = {}) => {
        operations.push(operation);
        const { Item } = input as { Item?: Record<string, unknown> };
        if (Item) items.push(Item);
        if (!errors[operation]) return Promise.resolve({} as T);
        return Promise.reject(new AwsApiError(service, operation, errors[operation], "no"));
      },
    };
    const context = cliContext({ aws: () => api, now: () => 1_800_000_000 });
    const outputs = { userTable: "users" } as SiteOutputs;
    let visitor: TestUser | undefined;
    await withTemporaryUser({ context, stack: "dev", outputs }, (given) => {
      visitor = given;
      return act(given);
    });
    return visitor!;
  }

  it("adds a user that expires after 10 minutes, and removes it", async () => {
    const { user, noUser } = await run({});
    assert.match(user?.name ?? "", /^verify-[0-9a-f]{8}$/);
    assert.equal(noUser, undefined);
    assert.deepEqual(operations, ["PutItem", "DeleteItem"]);
    assert.match(JSON.stringify(items), /1800000600/);
    assert.ok(!JSON.stringify(items).includes(user!.password));
  });

  it("removes the user when the function rejects", async () => {
    const failing = () => Promise.reject(new Error("interrupted"));
    await assert.rejects(run({}, failing), /interrupted/);
    assert.deepEqual(operations, ["PutItem", "DeleteItem"]);
  });

  it("runs without a user when the table does not exist: broken", async () => {
    const { user, noUser } = await run({ PutItem: "ResourceNotFoundException" });
    assert.deepEqual([user, noUser?.state], [undefined, "drift"]);
    assert.match(noUser?.remedy ?? "", /^The user table no longer exists/);
    assert.deepEqual(operations, ["PutItem"]);
  });

  it("runs without a user when it may not write: unknown", async () => {
    const { noUser } = await run({ PutItem: "AccessDeniedException" });
    assert.equal(noUser?.state, "unknown");
    assert.match(noUser?.remedy ?? "", /no user could be added to the table: .*AccessDenied/);
    assert.deepEqual(operations, ["PutItem"]);
  });

  it("removes a user that may have been written after all", async () => {
    await run({ PutItem: "InternalServerError" });
    assert.deepEqual(operations, ["PutItem", "DeleteItem"]);
  });

  it("prints the command that removes the user when that fails", async () => {
    await assert.rejects(
      run({ DeleteItem: "AccessDeniedException" }),
      /npx canal-ftp users remove verify-[0-9a-f]{8} --stack dev$/,
    );
  });
});
