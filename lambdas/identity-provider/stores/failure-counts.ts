/**
 * The counts of lockout.ts in the table. Each change is one conditional update, so that concurrent attempts are
 * counted.
 */
import type { LockoutRules } from "../lockout";
import { numeral, type Table } from "./table";
import { countIn, keys, numberIn, type Item } from "./user-record";
import type { Admission, Attempt, FailureCount } from "./user-store";

/** Condition: the count has expired and is reset. */
const expiredCondition =
  "lastAt <= :before OR lastAt <= :forgiven OR (firstAt <= :before AND failures < :bound)";
/** Condition: the address may try another password for the name. */
const guessLimitCondition = "(attribute_not_exists(guesses) OR size(guesses) < :most)";

const setTimes = "SET lastAt = :now, #ttl = :ttl, firstAt =";
const increment = `${setTimes} if_not_exists(firstAt, :now) ADD failures :one`;
const reset = `${setTimes} :now, failures = :one`;
const belowBoundCondition = `NOT (${expiredCondition}) AND (attribute_not_exists(failures) OR failures < :bound)`;

/** The updates of the two counts, to increment or to reset them. Their conditions exclude each other. */
const updates = {
  name: {
    increment: { update: `${increment}, addresses :from`, condition: belowBoundCondition },
    reset: { update: `${reset}, addresses = :from`, condition: expiredCondition },
  },
  address: {
    increment: {
      update: `${increment}, added :one, guesses :guesses`,
      condition: `${belowBoundCondition} AND ${guessLimitCondition}`,
    },
    reset: { update: `${reset}, added = :one, guesses = :guesses`, condition: expiredCondition },
  },
};

/** Failures by name, by name and address, and names that fail by address. */
export class FailureCounts {
  constructor(
    private readonly table: Table,
    private readonly rules: LockoutRules,
  ) {}

  /** Counts an attempt; see {@link UserStore.admit}. */
  async admit({ name, address, guess }: Attempt, now: number): Promise<Admission> {
    const pks = { name: keys.failures(name), address: keys.failures(name, address) };
    const items = await this.table.read([pks.name, pks.address]);
    const { nameFailures, addressFailures, windowSeconds } = this.rules;
    const nameItem = items.get(pks.name);
    const forgiven = numberIn(nameItem, "forgivenAt") ?? 0;
    const values = (bound: number, item?: unknown): Item => ({
      ":one": numeral(1),
      ":now": numeral(now),
      ":before": numeral(now - windowSeconds),
      ":forgiven": numeral(forgiven),
      ":bound": numeral(bound),
      ":most": numeral(nameFailures),
      ":guess": { S: guess },
      ":guesses": { SS: [guess] },
      ":from": { SS: [address] },
      // The item can contain verified passwords, which expire later.
      ":ttl": numeral(Math.max(now + windowSeconds, numberIn(item, "ttl") ?? 0)),
    });
    const count = async (kind: "name" | "address", bound: number) => {
      const item = items.get(pks[kind]);
      const { increment, reset } = updates[kind];
      for (const update of isOver(countIn(item), bound) ? [reset, increment] : [increment]) {
        const counted = await this.table.update({
          pk: pks[kind],
          ...update,
          values: values(bound, item),
        });
        if (counted) return counted;
      }
      return undefined;
    };
    const isOver = (count: FailureCount | undefined, bound: number) =>
      count !== undefined &&
      (count.lastAt <= now - windowSeconds ||
        count.lastAt <= forgiven ||
        (count.firstAt <= now - windowSeconds && count.failures < bound));

    const counted = await count("address", addressFailures);
    if (!counted) {
      const compared = await this.table.update({
        pk: pks.address,
        update: "ADD guesses :guesses",
        // A repeated password is not a further guess.
        condition: `contains(guesses, :guess) OR ${guessLimitCondition}`,
        values: values(addressFailures),
      });
      return { checks: compared ? "verified" : "none", addedToName: false, isFirst: false };
    }
    const added = numberIn(counted, "added") ?? 1;
    // An address at its limit adds no more to the name's count, but the lock of the name still applies to it.
    const isCapped = added > addressFailures;
    const inName = countIn(nameItem);
    const isLocked = isCapped
      ? !isOver(inName, nameFailures) && (inName?.failures ?? 0) >= nameFailures
      : !(await count("name", nameFailures));
    return {
      checks: isLocked ? "verified" : "any",
      counted: {
        failures: numberIn(counted, "failures") ?? 1,
        firstAt: numberIn(counted, "firstAt") ?? now,
      },
      addedToName: !isLocked && !isCapped,
      isFirst: added === 1,
    };
  }

  /** Removes an attempt from the counts; see {@link UserStore.release}. */
  async release(attempt: Attempt, admission: Admission, forgive: boolean): Promise<void> {
    const { name, address, guess } = attempt;
    const { counted, addedToName } = admission;
    const pk = keys.failures(name, address);
    const values: Item = {
      ":guesses": { SS: [guess] },
      ":zero": numeral(0),
      ":less": numeral(-1),
      ":seen": numeral(counted?.failures ?? 0),
      ":first": numeral(counted?.firstAt ?? 0),
    };
    const forget = "added :less DELETE guesses :guesses";
    const tries =
      counted === undefined
        ? [{ update: "DELETE guesses :guesses", condition: "attribute_exists(pk)" }]
        : [
            { update: `SET failures = :zero ADD ${forget}`, condition: "failures = :seen" },
            { update: `ADD failures :less, ${forget}`, condition: "failures > :zero" },
          ]
            .slice(forgive ? 0 : 1)
            // Not in a window that began since, because that does not contain the attempt.
            .map(({ update, condition }) => ({
              update,
              condition: `${condition} AND firstAt = :first`,
            }));
    const releaseAddress = async () => {
      for (const update of tries) if (await this.table.update({ pk, ...update, values })) return;
    };
    const releaseName = () =>
      this.table.update({
        pk: keys.failures(name),
        update: "ADD failures :less",
        condition: "failures > :zero",
        values,
      });
    await Promise.all([releaseAddress(), addedToName ? releaseName() : undefined]);
  }

  /** Counts a failing name; see {@link UserStore.countName}. */
  async countName(address: string, now: number): Promise<number> {
    const { windowSeconds } = this.rules;
    const values = {
      ":one": numeral(1),
      ":now": numeral(now),
      ":before": numeral(now - windowSeconds),
      ":ttl": numeral(now + windowSeconds),
    };
    const first = {
      update: "SET firstAt = :now, failing = :one, #ttl = :ttl",
      condition: "attribute_not_exists(pk) OR firstAt <= :before",
    };
    const further = { update: "ADD failing :one", condition: "firstAt > :before" };
    for (const update of [further, first, further]) {
      const counted = await this.table.update({ pk: keys.names(address), ...update, values });
      if (counted) return numberIn(counted, "failing") ?? 1;
    }
    return 1;
  }
}
