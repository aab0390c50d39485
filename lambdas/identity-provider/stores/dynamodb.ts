/** Users, servers and failures in one DynamoDB table. One read per login, and a write only after a failure. */
import type { LockoutRules } from "../lockout";
import { AwsError, type AwsCall } from "./aws-json";
import { DamagedItem, fromItem, keys, numberIn, type Item } from "./user-record";
import type { FailureCount, LoginFacts, LoginKey, StoredUser, UserStore } from "./user-store";

/** Times a read is asked for what the table left unanswered. */
const reads = 4;

/** {@link UserStore} on a table whose items are those of user-record.ts. */
export class DynamoDbStore implements UserStore {
  /**
   * @param call - Calls operations of DynamoDB.
   * @param lockout - Decides when a count begins again, which has to be decided where it is counted.
   */
  constructor(
    private readonly call: AwsCall,
    private readonly tableName: string,
    private readonly lockout: LockoutRules,
  ) {}

  async look(key: LoginKey): Promise<LoginFacts> {
    const items = await this.read([keys.user(key.user), ...keysBesideUser(key)]);
    return { ...factsBesideUser(items, key), user: userIn(items.get(keys.user(key.user))) };
  }

  /** Everything but the user, for a store that has users of its own. */
  async lookBesideUser(key: LoginKey): Promise<Omit<LoginFacts, "user">> {
    return factsBesideUser(await this.read(keysBesideUser(key)), key);
  }

  async countFailure({ user, address }: LoginKey, facts: LoginFacts, now: number): Promise<void> {
    const { addressFailures, nameFailures } = this.lockout;
    const forgivenAt = facts.forgivenAt ?? 0;
    await Promise.all([
      this.count(keys.failures(user, address), addressFailures, forgivenAt, now),
      this.count(keys.failures(user), nameFailures, forgivenAt, now),
    ]);
  }

  async clearFailures({ user, address }: LoginKey): Promise<void> {
    await this.unlessChanged("DeleteItem", {
      Key: { pk: { S: keys.failures(user, address) } },
      ConditionExpression: "failures < :bound",
      ExpressionAttributeValues: { ":bound": numeral(this.lockout.addressFailures) },
    });
  }

  async replaceHash(user: StoredUser, old: string, replacement: string): Promise<void> {
    const place = `passwordHashes[${user.passwordHashes.indexOf(old)}]`;
    await this.unlessChanged("UpdateItem", {
      Key: { pk: { S: keys.user(user.name) } },
      UpdateExpression: `SET ${place} = :new`,
      ConditionExpression: `${place} = :old`,
      ExpressionAttributeValues: { ":old": { S: old }, ":new": { S: replacement } },
    });
  }

  /**
   * Adds one to a count, or begins it again when its window is over. Two conditional writes that exclude each
   * other, so simultaneous failures are all counted: whichever begins the window, the others add to it.
   */
  private async count(pk: string, bound: number, forgivenAt: number, now: number): Promise<void> {
    const over =
      "lastAt <= :before OR lastAt <= :forgiven OR (firstAt <= :before AND failures < :bound)";
    const writes = [
      {
        UpdateExpression:
          "SET lastAt = :now, #ttl = :ttl, firstAt = if_not_exists(firstAt, :now) ADD failures :one",
        ConditionExpression: `NOT (${over})`,
      },
      {
        UpdateExpression: "SET failures = :one, firstAt = :now, lastAt = :now, #ttl = :ttl",
        ConditionExpression: over,
      },
    ];
    const { windowSeconds } = this.lockout;
    for (const write of [...writes, writes[0]]) {
      const written = await this.unlessChanged("UpdateItem", {
        ...write,
        Key: { pk: { S: pk } },
        ExpressionAttributeNames: { "#ttl": "ttl" },
        ExpressionAttributeValues: {
          ":one": numeral(1),
          ":now": numeral(now),
          ":before": numeral(now - windowSeconds),
          ":forgiven": numeral(forgivenAt),
          ":bound": numeral(bound),
          ":ttl": numeral(now + windowSeconds),
        },
      });
      if (written) return;
    }
    throw new AwsError("UpdateItem", "CountNotKept");
  }

  /** Whether the write was done; false when its condition no longer holds. */
  private async unlessChanged(operation: string, input: object): Promise<boolean> {
    try {
      await this.call(operation, { TableName: this.tableName, ...input });
      return true;
    } catch (error) {
      if (error instanceof AwsError && error.code === "ConditionalCheckFailedException")
        return false;
      throw error;
    }
  }

  /** The items of these keys, by key, in one strongly consistent read; asked again for what was left out. */
  private async read(pks: string[]): Promise<Map<string, unknown>> {
    const found = new Map<string, unknown>();
    let request: unknown = {
      [this.tableName]: { Keys: pks.map((pk) => ({ pk: { S: pk } })), ConsistentRead: true },
    };
    for (let round = 1; round <= reads; round++) {
      const answer = await this.call("BatchGetItem", { RequestItems: request });
      const tables = answer.Responses as Record<string, Item[]> | undefined;
      for (const item of tables?.[this.tableName] ?? []) {
        if ("S" in item.pk) found.set(item.pk.S, item);
      }
      request = answer.UnprocessedKeys;
      if (!request || Object.keys(request).length === 0) return found;
      await new Promise((resolve) => setTimeout(resolve, 10 * 2 ** round));
    }
    // Half an answer would read as "no such user", or as "no failures yet".
    throw new AwsError("BatchGetItem", "UnprocessedKeys");
  }
}

function keysBesideUser({ serverId, user, address }: LoginKey): string[] {
  return [keys.server(serverId), keys.failures(user), keys.failures(user, address)];
}

function factsBesideUser(items: Map<string, unknown>, key: LoginKey): Omit<LoginFacts, "user"> {
  const anywhere = items.get(keys.failures(key.user));
  return {
    serverKnown: items.has(keys.server(key.serverId)),
    fromAddress: countIn(items.get(keys.failures(key.user, key.address))),
    fromAnywhere: countIn(anywhere),
    forgivenAt: numberIn(anywhere, "forgivenAt"),
  };
}

function userIn(item: unknown): LoginFacts["user"] {
  if (item === undefined) return undefined;
  try {
    return fromItem(item);
  } catch (error) {
    if (error instanceof DamagedItem) return "damaged";
    throw error;
  }
}

function countIn(item: unknown): FailureCount | undefined {
  const [failures, firstAt, lastAt] = ["failures", "firstAt", "lastAt"].map((name) =>
    numberIn(item, name),
  );
  if (failures === undefined || firstAt === undefined || lastAt === undefined) return undefined;
  return { failures, firstAt, lastAt };
}

function numeral(number: number): { N: string } {
  return { N: String(number) };
}
