import { AwsError, type AwsCall } from "../../lambdas/identity-provider/stores/aws-json";
import {
  forgivenessItem,
  keys,
  toItem,
  type Item,
  type NewUser,
} from "../../lambdas/identity-provider/stores/user-record";
import { Contents } from "./contents";

/** Keys one BatchGetItem takes. */
const batchSize = 100;

/**
 * The user table, for those who manage users. Every write says what it expects to find: nothing is overwritten that
 * somebody else has written meanwhile.
 */
export class UserTable {
  /** @param call - Calls operations of DynamoDB. */
  constructor(
    private readonly call: AwsCall,
    readonly name: string,
  ) {}

  /** Puts a new user; false when there is one of that name. */
  async add(user: NewUser): Promise<boolean> {
    const added = await this.unlessChanged("PutItem", {
      Item: toItem(user),
      ConditionExpression: "attribute_not_exists(pk)",
    });
    return added || this.holds(user.name, user.passwordHashes);
  }

  /** What the table says of one user: record and failures. */
  async about(name: string): Promise<Contents> {
    return this.scan({
      FilterExpression: "pk = :user OR pk = :failures OR begins_with(pk, :byAddress)",
      ExpressionAttributeValues: {
        ":user": { S: keys.user(name) },
        ":failures": { S: keys.failures(name) },
        ":byAddress": { S: keys.failures(name, "") },
      },
    });
  }

  /** Everything in the table. */
  all(): Promise<Contents> {
    return this.scan({});
  }

  /** The record of one user, as an item. */
  async item(name: string): Promise<Item | undefined> {
    const { Item: item } = await this.call("GetItem", {
      TableName: this.name,
      Key: { pk: { S: keys.user(name) } },
      ConsistentRead: true,
    });
    return item as Item | undefined;
  }

  /** Which of these names are there. */
  async existing(names: readonly string[]): Promise<Set<string>> {
    const found = new Set<string>();
    for (let start = 0; start < names.length; start += batchSize) {
      const batch = names.slice(start, start + batchSize);
      for (const pk of await this.keysThere(batch.map(keys.user))) {
        found.add(pk.slice(keys.user("").length));
      }
    }
    return found;
  }

  /** Replaces the hashes of a user; false when they are no longer those (or the user is gone). */
  async replaceHashes(
    name: string,
    from: readonly string[],
    to: readonly string[],
  ): Promise<boolean> {
    // Element by element: a comparison of whole lists would be shorter, and not every DynamoDB stand-in has it.
    const same = from.map((_, index) => `passwordHashes[${index}] = :from${index}`);
    const values = from.map((hash, index) => [`:from${index}`, { S: hash }] as const);
    const replaced = await this.unlessChanged("UpdateItem", {
      Key: { pk: { S: keys.user(name) } },
      UpdateExpression: "SET passwordHashes = :to",
      ConditionExpression: [...same, "size(passwordHashes) = :count"].join(" AND "),
      ExpressionAttributeValues: {
        ...Object.fromEntries(values),
        ":count": { N: String(from.length) },
        ":to": { L: to.map((hash) => ({ S: hash })) },
      },
    });
    return replaced || this.holds(name, to);
  }

  /** Lets a user log in or not; false when there is no such user. */
  setEnabled(name: string, enabled: boolean): Promise<boolean> {
    return this.unlessChanged("UpdateItem", {
      Key: { pk: { S: keys.user(name) } },
      UpdateExpression: "SET enabled = :enabled",
      ConditionExpression: "attribute_exists(pk)",
      ExpressionAttributeValues: { ":enabled": { BOOL: enabled } },
    });
  }

  /** Takes a user away; false when there is no such user. */
  remove(name: string): Promise<boolean> {
    return this.unlessChanged("DeleteItem", {
      Key: { pk: { S: keys.user(name) } },
      ConditionExpression: "attribute_exists(pk)",
    });
  }

  /** Forgives all failures of a name up to now (epoch seconds). */
  async forgive(name: string, now: number, windowSeconds: number): Promise<void> {
    const item = forgivenessItem(name, now, windowSeconds);
    await this.call("PutItem", { TableName: this.name, Item: item });
  }

  /**
   * Whether the user has exactly these hashes. A write whose answer was lost is tried again, and then finds its own
   * work in its way; salts being random, no other write has made the same hashes.
   */
  private async holds(name: string, hashes: readonly string[]): Promise<boolean> {
    const item = await this.item(name);
    const list = item?.passwordHashes;
    const found = list !== undefined && "L" in list ? list.L : [];
    return (
      found.length === hashes.length &&
      found.every((value, index) => "S" in value && value.S === hashes[index])
    );
  }

  private async keysThere(pks: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    let request: unknown = {
      [this.name]: {
        Keys: pks.map((pk) => ({ pk: { S: pk } })),
        ProjectionExpression: "pk",
        ConsistentRead: true,
      },
    };
    for (let round = 1; round <= 10; round++) {
      const answer = await this.call("BatchGetItem", { RequestItems: request });
      const items = (answer.Responses as Record<string, { pk: { S: string } }[]>)[this.name] ?? [];
      found.push(...items.map(({ pk }) => pk.S));
      request = answer.UnprocessedKeys;
      if (!request || Object.keys(request).length === 0) return found;
      await new Promise((resolve) => setTimeout(resolve, 20 * 2 ** round));
    }
    throw new AwsError("BatchGetItem", "UnprocessedKeys");
  }

  private async scan(filter: object): Promise<Contents> {
    const contents = new Contents();
    let ExclusiveStartKey: unknown;
    do {
      const answer = await this.call("Scan", {
        ...filter,
        TableName: this.name,
        ConsistentRead: true,
        ExclusiveStartKey,
      });
      for (const item of answer.Items as Item[]) contents.take(item);
      ExclusiveStartKey = answer.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return contents;
  }

  /** Whether the write was done; false when its condition does not hold. */
  private async unlessChanged(operation: string, input: object): Promise<boolean> {
    try {
      await this.call(operation, { TableName: this.name, ...input });
      return true;
    } catch (error) {
      if (error instanceof AwsError && error.code === "ConditionalCheckFailedException") {
        return false;
      }
      throw error;
    }
  }
}
