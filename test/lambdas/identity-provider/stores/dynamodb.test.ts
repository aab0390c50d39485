import assert from "node:assert/strict";
import { DynamoDbStore } from "../../../../lambdas/identity-provider/stores/dynamodb";
import { AwsError } from "../../../../lambdas/identity-provider/stores/aws-json";
import { serverItem, toItem } from "../../../../lambdas/identity-provider/stores/user-record";
import { address, rules, serverId, user } from "../support/fixtures";

const key = { serverId, user: "cam-1", address, protocol: "FTP" };

/** A DynamoDB that answers as configured, and keeps its requests. */
function scripted(...answers: (object | Error)[]) {
  const asked: { operation: string; input: Record<string, unknown> }[] = [];
  const store = new DynamoDbStore(
    async (operation, input) => {
      asked.push({ operation, input: input as Record<string, unknown> });
      const answer = answers.shift() ?? {};
      if (answer instanceof Error) throw answer;
      return answer as Record<string, unknown>;
    },
    "users",
    rules.lockout,
  );
  return { store, asked };
}

describe("Reading the table", () => {
  it("is one consistent read of four items", async () => {
    const { store, asked } = scripted({ Responses: { users: [] } });
    await store.readFacts(key);
    assert.equal(asked.length, 1);
    assert.equal(asked[0].operation, "BatchGetItem");
    assert.deepEqual(asked[0].input, {
      RequestItems: {
        users: {
          Keys: [
            { pk: { S: "user#cam-1" } },
            { pk: { S: `server#${serverId}` } },
            { pk: { S: "failures#cam-1" } },
            { pk: { S: `failures#cam-1#${address}` } },
          ],
          ConsistentRead: true,
        },
      },
    });
  });

  it("requests unprocessed keys again, and combines the parts", async () => {
    const left = { users: { Keys: [{ pk: { S: "user#cam-1" } }], ConsistentRead: true } };
    const { store, asked } = scripted(
      { Responses: { users: [serverItem(serverId)] }, UnprocessedKeys: left },
      { Responses: { users: [toItem(await user("cam-1"))] }, UnprocessedKeys: {} },
    );
    const facts = await store.readFacts(key);
    assert.equal(facts.serverKnown, true);
    assert.equal(typeof facts.user, "object");
    assert.deepEqual(asked[1].input, { RequestItems: left });
  });

  it("fails when parts stay out: half an answer is none", async () => {
    const left = { users: { Keys: [{ pk: { S: `failures#cam-1#${address}` } }] } };
    const { store } = scripted(
      ...Array.from({ length: 10 }, () => ({ Responses: {}, UnprocessedKeys: left })),
    );
    await assert.rejects(store.readFacts(key), AwsError);
  });
});

describe("Counting in the table", () => {
  it("fails when the table refuses the write: then no password is checked", async () => {
    const { store } = scripted({}, new AwsError("UpdateItem", "AccessDeniedException"));
    await assert.rejects(
      store.admit({ name: "cam-1", address, guess: "digest" }, 1000),
      /AccessDenied/,
    );
  });
});
