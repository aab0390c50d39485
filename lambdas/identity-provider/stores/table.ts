import { AwsError, type AwsCall } from "./aws-json";
import type { AttributeValue, Item } from "./user-record";

/** Times a read is asked for what the table left unanswered. */
const reads = 4;

/** A conditional update of one item; the values may hold more than the expressions use. */
export interface Update {
  readonly pk: string;
  readonly update: string;
  /** Undefined: always. */
  readonly condition?: string;
  readonly values: Readonly<Record<string, AttributeValue>>;
}

/** The two operations on the table that a login needs. */
export class Table {
  constructor(
    private readonly call: AwsCall,
    private readonly name: string,
  ) {}

  /** The items of these keys, by key, in one strongly consistent read; asked again for what was left out. */
  async read(pks: readonly string[]): Promise<Map<string, unknown>> {
    const found = new Map<string, unknown>();
    let request: unknown = {
      [this.name]: { Keys: pks.map((pk) => ({ pk: { S: pk } })), ConsistentRead: true },
    };
    for (let round = 1; round <= reads; round++) {
      const answer = await this.call("BatchGetItem", { RequestItems: request });
      const tables = answer.Responses as Record<string, Item[]> | undefined;
      for (const item of tables?.[this.name] ?? []) {
        if ("S" in item.pk) found.set(item.pk.S, item);
      }
      request = answer.UnprocessedKeys;
      if (!request || Object.keys(request).length === 0) return found;
      await new Promise((resolve) => setTimeout(resolve, 10 * 2 ** round));
    }
    // Half an answer would read as "no such user", or as "no failures yet".
    throw new AwsError("BatchGetItem", "UnprocessedKeys");
  }

  /** The updated attributes, or undefined when the condition does not hold. */
  async update({ pk, update, condition, values }: Update): Promise<object | undefined> {
    const text = `${update} ${condition}`;
    const used = Object.entries(values).filter(([name]) => new RegExp(`${name}\\b`).test(text));
    try {
      const { Attributes } = await this.call("UpdateItem", {
        TableName: this.name,
        Key: { pk: { S: pk } },
        UpdateExpression: update,
        ConditionExpression: condition,
        // The one attribute whose name is a word of DynamoDB's own.
        ...(update.includes("#ttl") ? { ExpressionAttributeNames: { "#ttl": "ttl" } } : {}),
        ExpressionAttributeValues: Object.fromEntries(used),
        ReturnValues: "UPDATED_NEW",
      });
      return Attributes ?? {};
    } catch (error) {
      if (error instanceof AwsError && error.code === "ConditionalCheckFailedException")
        return undefined;
      throw error;
    }
  }
}

/** A number in DynamoDB's JSON. */
export function numeral(number: number): { N: string } {
  return { N: String(number) };
}
