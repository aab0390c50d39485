/**
 * Users, servers and failures in one DynamoDB table. A login makes one read; only failures, and the first login after
 * them, also write.
 */
import type { LockoutRules } from "../lockout";
import type { AwsCall } from "./aws-json";
import { FailureCounts } from "./failure-counts";
import { numeral, Table } from "./table";
import {
  countIn,
  DamagedItem,
  fromItem,
  keys,
  numberIn,
  verifiedIn,
  verifiedValue,
} from "./user-record";
import type {
  Admission,
  Attempt,
  LoginFacts,
  LoginKey,
  StoredUser,
  UserStore,
  VerifiedPassword,
} from "./user-store";

/** {@link UserStore} on a table whose items are those of user-record.ts. */
export class DynamoDbStore implements UserStore {
  private readonly table: Table;
  private readonly counts: FailureCounts;

  /**
   * @param call - Calls operations of DynamoDB.
   * @param lockout - Rules for resetting a count, which are part of the conditional updates.
   */
  constructor(call: AwsCall, tableName: string, lockout: LockoutRules) {
    this.table = new Table(call, tableName);
    this.counts = new FailureCounts(this.table, lockout);
  }

  async readFacts(key: LoginKey): Promise<LoginFacts> {
    const items = await this.table.read([keys.user(key.user), ...keysWithoutUser(key)]);
    return { ...factsWithoutUser(items, key), user: userIn(items.get(keys.user(key.user))) };
  }

  /** The facts without the user, for a store that keeps users elsewhere. */
  async readFactsWithoutUser(key: LoginKey): Promise<Omit<LoginFacts, "user">> {
    return factsWithoutUser(await this.table.read(keysWithoutUser(key)), key);
  }

  admit(attempt: Attempt, now: number): Promise<Admission> {
    return this.counts.admit(attempt, now);
  }

  release(attempt: Attempt, admission: Admission, forgive: boolean): Promise<void> {
    return this.counts.release(attempt, admission, forgive);
  }

  countName(address: string, now: number): Promise<number> {
    return this.counts.countName(address, now);
  }

  async keepVerified(
    user: string,
    verified: readonly VerifiedPassword[],
    end: number,
  ): Promise<void> {
    await this.table.update({
      pk: keys.failures(user),
      update: "SET verified = :verified, #ttl = :ttl",
      values: { ":verified": verifiedValue(verified), ":ttl": numeral(end) },
    });
  }

  async replaceHash(user: StoredUser, old: string, replacement: string): Promise<void> {
    const place = `passwordHashes[${user.passwordHashes.indexOf(old)}]`;
    await this.table.update({
      pk: keys.user(user.name),
      update: `SET ${place} = :new`,
      condition: `${place} = :old`,
      values: { ":old": { S: old }, ":new": { S: replacement } },
    });
  }
}

function keysWithoutUser({ serverId, user, address }: LoginKey): string[] {
  return [keys.server(serverId), keys.failures(user), keys.failures(user, address)];
}

function factsWithoutUser(items: Map<string, unknown>, key: LoginKey): Omit<LoginFacts, "user"> {
  const name = items.get(keys.failures(key.user));
  return {
    serverKnown: items.has(keys.server(key.serverId)),
    fromAddress: countIn(items.get(keys.failures(key.user, key.address))),
    fromAnywhere: countIn(name),
    forgivenAt: numberIn(name, "forgivenAt"),
    verified: verifiedIn(name),
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
