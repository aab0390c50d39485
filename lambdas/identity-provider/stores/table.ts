import { AwsError, type AwsCall } from "./aws-json";
import type { AttributeValue, Item } from "./user-record";

/** Maximum number of requests for one read, because DynamoDB may return unprocessed keys. */
const reads = 4;

/** A conditional update of one item; the values may contain more than the expressions use. */
export interface Update {
  readonly pk: string;
  readonly update: string;
  /** Default: the update is unconditional. */
  readonly condition?: string;
  readonly values: Readonly<Record<string, AttributeValue>>;
}

/** The operations on the table that a login needs. */
export class Table {
  constructor(
    private readonly call: AwsCall,
    private readonly name: string,
  ) {}

  /** The items of these keys, by key, in one strongly consistent read; unprocessed keys are requested again. */
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
    // An incomplete response would mean "no such user" or "no failures".
    throw new AwsError("BatchGetItem", "UnprocessedKeys");
  }

  /** The updated attributes; undefined when the condition is not met. */
  async update({ pk, update, condition, values }: Update): Promise<object | undefined> {
    const text = `${update} ${condition}`;
    const used = Object.entries(values).filter(([name]) => new RegExp(`${name}\\b`).test(text));
    try {
      const { Attributes } = await this.call("UpdateItem", {
        TableName: this.name,
        Key: { pk: { S: pk } },
        UpdateExpression: update,
        ConditionExpression: condition,
        // The only attribute whose name is a reserved word of DynamoDB.
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
