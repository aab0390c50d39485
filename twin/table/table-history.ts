import * as fs from "node:fs";

import type { TableShape } from "./table-shape";

type Item = Readonly<Record<string, unknown>>;
type Input = Readonly<Record<string, unknown>>;

/** An item after a write; without `item` it was deleted. */
interface Entry {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly table: string;
  readonly key: Item;
  readonly item?: Item;
}

/** An error in the form of the DynamoDB API. */
export class TableError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Sends an operation to the embedded DynamoDB. */
type Call = (operation: string, input: object) => Promise<Record<string, unknown>>;

/** Operations that a history answers. */
export const recoveryOperations = [
  "DescribeContinuousBackups",
  "RestoreTableToPointInTime",
] as const;

const writes = ["PutItem", "UpdateItem", "DeleteItem"];

/**
 * Point-in-time recovery, which the embedded DynamoDB does not have. What each write left in a table that has recovery
 * is appended to a file, and a restore replays it into a new table. Items that expire by TTL are left out.
 *
 * It differs from DynamoDB, which restores times up to about five minutes ago and takes minutes: here every past second
 * can be restored immediately.
 */
export class TableHistory {
  private readonly recovered = new Map<string, TableShape>();
  /** Keys are appended in the order of their writes. */
  private appended: Promise<void> = Promise.resolve();

  constructor(
    private readonly file: string,
    private readonly call: Call,
  ) {}

  /** Begins to record a table with point-in-time recovery, from what it holds now. */
  async enable(shape: TableShape): Promise<void> {
    this.recovered.set(shape.name, shape);
    if (this.entries(shape.name).length > 0) return;
    const { Items } = await this.call("Scan", { TableName: shape.name });
    for (const item of Items as Item[]) {
      const { name: table, hashKey } = shape;
      this.append({ at: Date.now(), table, key: { [hashKey]: item[hashKey] }, item });
    }
  }

  /**
   * Records what a successful operation has left.
   *
   * @param read - Parses the operation's input.
   */
  record(operation: string, read: () => Input): void {
    if (this.recovered.size === 0 || !writes.includes(operation)) return;
    const input = read();
    const shape = this.recovered.get(String(input.TableName));
    if (shape === undefined) return;
    const { name: table, hashKey } = shape;
    const key = (input.Key ?? { [hashKey]: (input.Item as Item)[hashKey] }) as Item;
    const at = Date.now();
    const append = async () => {
      const request = { TableName: table, Key: key, ConsistentRead: true };
      const { Item: item } = (await this.call("GetItem", request)) as { Item?: Item };
      if (item === undefined || !("ttl" in item)) this.append({ at, table, key, item });
    };
    this.appended = this.appended.then(append).catch(() => undefined);
  }

  /** Resolves when everything is recorded: a read must not meet closed tables. */
  settled(): Promise<void> {
    return this.appended;
  }

  /** The output of an operation of point-in-time recovery. */
  answer(operation: (typeof recoveryOperations)[number], input: Input): Promise<object> {
    return operation === "RestoreTableToPointInTime"
      ? this.restore(input)
      : this.describe(String(input.TableName));
  }

  private async describe(table: string): Promise<object> {
    await this.call("DescribeTable", { TableName: table });
    const [first] = this.entries(table);
    const window = {
      EarliestRestorableDateTime: Math.ceil((first?.at ?? Date.now()) / 1000),
      LatestRestorableDateTime: Math.floor(Date.now() / 1000),
    };
    return {
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: "ENABLED",
        PointInTimeRecoveryDescription: this.recovered.has(table)
          ? { PointInTimeRecoveryStatus: "ENABLED", ...window }
          : { PointInTimeRecoveryStatus: "DISABLED" },
      },
    };
  }

  private async restore(input: Input): Promise<object> {
    const [source, target] = [String(input.SourceTableName), String(input.TargetTableName)];
    const shape = this.recovered.get(source);
    if (shape === undefined) {
      const reason = `Point in time recovery is not enabled for table '${source}'`;
      throw new TableError("PointInTimeRecoveryUnavailableException", reason);
    }
    const { TableNames } = (await this.call("ListTables", {})) as { TableNames: string[] };
    if (TableNames.includes(target)) {
      throw new TableError("TableAlreadyExistsException", `Table already exists: ${target}`);
    }
    await this.settled();
    // A time is a second: what was written in it is part of the restored table.
    const end = (Number(input.RestoreDateTime) + 1) * 1000;
    const items = new Map<string, Item | undefined>();
    for (const { at, key, item } of this.entries(source)) {
      if (at < end) items.set(JSON.stringify(key), item);
    }
    const { TableDescription } = (await this.call("CreateTable", {
      TableName: target,
      AttributeDefinitions: shape.attributes.map(({ name, type }) => ({
        AttributeName: name,
        AttributeType: type,
      })),
      KeySchema: [{ AttributeName: shape.hashKey, KeyType: "HASH" }],
      BillingMode: "PAY_PER_REQUEST",
    })) as { TableDescription: object };
    await this.untilActive(target);
    for (const Item of items.values()) {
      if (Item !== undefined) await this.call("PutItem", { TableName: target, Item });
    }
    return { TableDescription };
  }

  private async untilActive(table: string): Promise<void> {
    for (;;) {
      const { Table } = await this.call("DescribeTable", { TableName: table });
      if ((Table as { TableStatus: string }).TableStatus === "ACTIVE") return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  private entries(table: string): Entry[] {
    const text = fs.existsSync(this.file) ? fs.readFileSync(this.file, "utf8") : "";
    return text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Entry)
      .filter((entry) => entry.table === table);
  }

  /** The file has hashes, as the tables have: only its owner may read it. */
  private append(entry: Entry): void {
    fs.appendFileSync(this.file, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
  }
}
