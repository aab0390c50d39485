import {
  forgivenessUpdate,
  keys,
  numberIn,
  toItem,
  type Item,
  type NewUser,
} from "../../lambdas/identity-provider/stores/user-record";
import { AwsApiError, type AwsApi } from "../core/aws";
import { UserError } from "../core/errors";
import { Contents } from "./contents";
import { UserStateError } from "./errors";
import type { UserFields } from "./fields";

/** Keys one BatchGetItem takes. */
const batchSize = 100;
/** Seconds by which this machine's clock may differ from the table's. */
const longestSkew = 60;

/**
 * The user table, for commands that manage users. Every write has a condition on what it replaces, so that no
 * concurrent change is overwritten.
 */
export class UserTable {
  constructor(
    private readonly api: AwsApi,
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

  /** The record and the failures of one user, by their keys. */
  async about(name: string): Promise<Contents> {
    const contents = new Contents();
    const items = await this.items([keys.user(name), keys.failures(name)]);
    const failures = items.find(({ pk }) => "S" in pk && pk.S === keys.failures(name));
    const addresses = failures?.addresses;
    const from =
      addresses !== undefined && "SS" in addresses ? addresses.SS.slice(0, batchSize) : [];
    const further = await this.items(from.map((address) => keys.failures(name, address)));
    for (const item of [...items, ...further]) contents.add(item);
    return contents;
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

  /** Those of the names that the table has. */
  async existing(names: readonly string[]): Promise<Set<string>> {
    const items = await this.items(names.map(keys.user), "pk");
    return new Set(items.map(({ pk }) => ("S" in pk ? pk.S.slice(keys.user("").length) : "")));
  }

  /** The records of those of the names that the table has. */
  async records(names: readonly string[]): Promise<Contents> {
    const contents = new Contents();
    for (const item of await this.items(names.map(keys.user))) contents.add(item);
    return contents;
  }

  /** Replaces the hashes of a user; false when they have changed, or there is no such user. */
  async replaceHashes(
    name: string,
    from: readonly string[],
    to: readonly string[],
  ): Promise<boolean> {
    // Element by element: not every DynamoDB stand-in can compare whole lists.
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

  /** Changes fields of a user, removing those that are undefined; false when there is no such user. */
  setFields(name: string, fields: Partial<UserFields>): Promise<boolean> {
    const item = toItem({ name, passwordHashes: [], ...fields });
    const expressions: Record<"SET" | "REMOVE", string[]> = { SET: [], REMOVE: [] };
    const values: Record<string, unknown> = {};
    for (const field of Object.keys(fields)) {
      if (!(field in item)) {
        expressions.REMOVE.push(`#${field}`);
        continue;
      }
      expressions.SET.push(`#${field} = :${field}`);
      values[`:${field}`] = item[field];
    }
    const { SET, REMOVE } = expressions;
    return this.unlessChanged("UpdateItem", {
      Key: { pk: { S: keys.user(name) } },
      UpdateExpression: [
        SET.length > 0 ? `SET ${SET.join(", ")}` : "",
        REMOVE.length > 0 ? `REMOVE ${REMOVE.join(", ")}` : "",
      ].join(" "),
      ConditionExpression: "attribute_exists(pk)",
      ExpressionAttributeNames: Object.fromEntries(
        Object.keys(fields).map((field) => [`#${field}`, field]),
      ),
      ...(SET.length > 0 ? { ExpressionAttributeValues: values } : {}),
    });
  }

  /** Allows or denies logins of a user; false when there is no such user. */
  setEnabled(name: string, enabled: boolean): Promise<boolean> {
    return this.unlessChanged("UpdateItem", {
      Key: { pk: { S: keys.user(name) } },
      UpdateExpression: "SET enabled = :enabled",
      ConditionExpression: "attribute_exists(pk)",
      ExpressionAttributeValues: { ":enabled": { BOOL: enabled } },
    });
  }

  /** Removes a user; false when there is no such user. */
  remove(name: string): Promise<boolean> {
    return this.unlessChanged("DeleteItem", {
      Key: { pk: { S: keys.user(name) } },
      ConditionExpression: "attribute_exists(pk)",
    });
  }

  /**
   * Forgives all failures of a name up to now (epoch seconds), by the clocks that have counted them.
   *
   * @throws UserStateError when this machine's clock is not the table's
   */
  async forgive(name: string, now: number, windowSeconds: number): Promise<void> {
    const Key = { pk: { S: keys.failures(name) } };
    const { Item: item } = await this.call("GetItem", {
      TableName: this.name,
      Key,
      ConsistentRead: true,
    });
    const last = numberIn(item, "lastAt") ?? 0;
    const skew = Math.round(this.api.clockSkew?.("DynamoDB") ?? 0);
    const ahead = last > now + longestSkew ? now - last : skew;
    if (Math.abs(ahead) > longestSkew) {
      throw new UserStateError(
        "clock",
        `The clock of this machine is ${Math.abs(ahead)} s ${ahead > 0 ? "ahead of" : "behind"} the table's, so failures would be forgiven up to a wrong time: set the clock, then try again.`,
      );
    }
    const until = Math.max(now, now - skew, last);
    const end = Math.max(until + windowSeconds, numberIn(item, "ttl") ?? 0);
    await this.call("UpdateItem", { TableName: this.name, ...forgivenessUpdate(name, until, end) });
  }

  /**
   * Whether the user has exactly these hashes. The SDK retries a write whose response was lost, and the condition
   * then fails on the write's own result. Salts are random, so no other write has the same hashes.
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

  /** The items of these keys that the table has. */
  private async items(pks: readonly string[], ProjectionExpression?: string): Promise<Item[]> {
    const found: Item[] = [];
    for (let start = 0; start < pks.length; start += batchSize) {
      found.push(...(await this.batch(pks.slice(start, start + batchSize), ProjectionExpression)));
    }
    return found;
  }

  private async batch(pks: readonly string[], ProjectionExpression?: string): Promise<Item[]> {
    const found: Item[] = [];
    const Keys = pks.map((pk) => ({ pk: { S: pk } }));
    let request: unknown = { [this.name]: { Keys, ProjectionExpression, ConsistentRead: true } };
    for (let round = 1; round <= 10; round++) {
      const answer = await this.call("BatchGetItem", { RequestItems: request });
      found.push(...((answer.Responses as Record<string, Item[]>)[this.name] ?? []));
      request = answer.UnprocessedKeys;
      if (!request || Object.keys(request).length === 0) return found;
      await new Promise((resolve) => setTimeout(resolve, 20 * 2 ** round));
    }
    throw new UserError(
      "DynamoDB returned UnprocessedKeys for BatchGetItem ten times: try again later.",
    );
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
      for (const item of answer.Items as Item[]) contents.add(item);
      ExclusiveStartKey = answer.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return contents;
  }

  private async call(operation: string, input: object): Promise<Record<string, unknown>> {
    try {
      return await this.api.call("DynamoDB", operation, input);
    } catch (error) {
      const code = error instanceof AwsApiError ? error.code : undefined;
      if (code !== "ResourceNotFoundException") throw error;
      const reason = `there is no table ${this.name} in this region and account`;
      throw new AwsApiError("DynamoDB", operation, code, reason);
    }
  }

  /** Whether the write was done; false when its condition does not hold. */
  private async unlessChanged(operation: string, input: object): Promise<boolean> {
    try {
      await this.call(operation, { TableName: this.name, ...input });
      return true;
    } catch (error) {
      if (error instanceof AwsApiError && error.code === "ConditionalCheckFailedException") {
        return false;
      }
      throw error;
    }
  }
}
