/** The records of users as items of the user table, compared and replaced as a whole. */
import {
  type AttributeValue,
  type Item,
  keys,
} from "../../lambdas/identity-provider/stores/user-record";
import { AwsApiError, type AwsApi } from "../core/aws";

/** A record to write: the one of then in place of the one of now. */
export interface UserStep {
  readonly name: string;
  readonly because: "deleted" | "changed";
  readonly then: Item;
  readonly now?: Item;
}

export interface UserPlan {
  readonly steps: readonly UserStep[];
  readonly unchanged: number;
  /** Users who did not exist at the time: they stay. */
  readonly newer: number;
}

/** The records of all users of a table, by name. */
export async function readUserItems(api: AwsApi, table: string): Promise<Map<string, Item>> {
  const prefix = keys.user("");
  const found = new Map<string, Item>();
  let ExclusiveStartKey: unknown;
  do {
    const page = await api.call<{ Items?: Item[]; LastEvaluatedKey?: unknown }>(
      ...(["DynamoDB", "Scan"] as const),
      { TableName: table, ConsistentRead: true, ExclusiveStartKey },
    );
    for (const item of page.Items ?? []) {
      const pk = "S" in item.pk ? item.pk.S : "";
      if (pk.startsWith(prefix)) found.set(pk.slice(prefix.length), item);
    }
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return found;
}

/** Plans what makes the users of then the users of now. Nobody is removed. */
export function planUsers(
  then: ReadonlyMap<string, Item>,
  now: ReadonlyMap<string, Item>,
): UserPlan {
  const steps: UserStep[] = [];
  let unchanged = 0;
  for (const [name, item] of [...then].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const current = now.get(name);
    if (current !== undefined && isEqual(current, item)) unchanged++;
    else if (current === undefined) steps.push({ name, because: "deleted", then: item });
    else steps.push({ name, because: "changed", then: item, now: current });
  }
  const newer = [...now.keys()].filter((name) => !then.has(name)).length;
  return { steps, unchanged, newer };
}

/** Writes a record; false when the one that it replaces has changed meanwhile. */
export async function putUserItem(
  api: AwsApi,
  table: string,
  { then, now }: UserStep,
): Promise<boolean> {
  const condition =
    now === undefined ? { ConditionExpression: "attribute_not_exists(pk)" } : equals(now);
  try {
    await api.call("DynamoDB", "PutItem", { TableName: table, Item: then, ...condition });
    return true;
  } catch (error) {
    if (error instanceof AwsApiError && error.code === "ConditionalCheckFailedException") {
      return false;
    }
    throw error;
  }
}

const isEqual = (a: Item, b: Item) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

/** With attributes in one order, at every depth. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

/** The condition that an item is still this one: value by value, since DynamoDB stand-ins do not compare whole lists. */
function equals(item: Item): object {
  const names: Record<string, string> = {};
  const values: Record<string, AttributeValue> = {};
  const terms: string[] = [];
  const nameOf = (attribute: string) => {
    const alias = `#${attribute}`;
    names[alias] = attribute;
    return alias;
  };
  const compare = (path: string, value: AttributeValue): void => {
    const given = `:v${Object.keys(values).length}`;
    if ("L" in value) {
      values[given] = { N: String(value.L.length) };
      terms.push(`size(${path}) = ${given}`);
      value.L.forEach((element, index) => compare(`${path}[${index}]`, element));
    } else if ("M" in value) {
      for (const [name, inner] of Object.entries(value.M))
        compare(`${path}.${nameOf(name)}`, inner);
    } else {
      values[given] = value;
      terms.push(`${path} = ${given}`);
    }
  };
  for (const [attribute, value] of Object.entries(item)) compare(nameOf(attribute), value);
  return {
    ConditionExpression: terms.join(" AND "),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  };
}
