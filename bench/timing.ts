import * as fs from "node:fs";
import * as path from "node:path";

import { bundleFunction } from "../lambdas/bundle";
import { hashPassword } from "../lambdas/identity-provider/password";
import { serverItem, toItem, type NewUser } from "../lambdas/identity-provider/stores/user-record";
import { areaUnderCurve } from "./identity/area-under-curve";
import { functionEnvironment } from "./identity/function-environment";
import { attempt, invoke } from "./identity/invoke";
import { serverId, TableServer } from "./identity/table";
import { Figure, median, root, scratch } from "./measure";

/** Wrong logins of each kind of user in a run. Of 200 and 200 the area varies by 0.03 (its standard deviation). */
const samples = 200;

/** Logins before the first that counts, in which code is still being compiled. */
const warmUp = 20;

/** Kinds of names that an attacker could try to distinguish, and the reason that the function logs for each. */
const kinds = {
  unknown: "unknown-user",
  known: "wrong-password",
  "two-password": "wrong-password",
  disabled: "disabled",
} as const;
type Kind = keyof typeof kinds;

/** The configured cost, as an exponent of two. Records have the default, 14, and after a raise some have the new. */
const costs = [
  { name: "equal cost", ln: 14 },
  { name: "raised cost", ln: 15 },
];

/**
 * Whether the time of a refusal reveals if a name is on record: wrong logins of four kinds of names in random order,
 * by the bundle that is deployed. The area under the ROC curve is 0.5 when times do not distinguish two kinds, and 1
 * when they always do.
 */
export async function timingFigures(runs: number): Promise<Figure[]> {
  const bundle = path.join(scratch(), "identity-provider.js");
  fs.writeFileSync(
    bundle,
    await bundleFunction(path.join(root, "lambdas/identity-provider/handler.ts")),
  );
  const tables = await TableServer.start();
  try {
    const figures: Figure[] = [];
    for (const { name, ln } of costs) {
      const areas = new Map<Kind, number[]>();
      const refusals: number[] = [];
      for (let run = 0; run < runs; run++) {
        const table = `timing-${ln}-${run}`;
        await tables.create(table, await items(ln));
        const environment = { ...functionEnvironment(tables, table), SCRYPT_LN: String(ln) };
        const times = await timesOf(bundle, environment);
        refusals.push(median(times.unknown));
        for (const kind of ["known", "two-password", "disabled"] as const) {
          const area = areaUnderCurve(times.unknown, times[kind]);
          areas.set(kind, [...(areas.get(kind) ?? []), area]);
        }
      }
      figures.push(
        { what: `refusal of an unknown name, ${name}, p50`, unit: "ms", values: refusals },
        ...[...areas].map(([kind, values]) => ({
          what: `unknown against ${kind} names, ${name}, AUC of ${samples} and ${samples}`,
          unit: "",
          values,
          goal: { atLeast: 0.45, atMost: 0.55 },
        })),
      );
    }
    return figures;
  } finally {
    tables.stop();
  }
}

/** A server and the users on record. Each name is tried once, so that none is locked. */
async function items(ln: number) {
  const hashes = {
    old: await hashPassword("the right password"),
    raised: await hashPassword("the right password", { N: 2 ** ln }),
  };
  const fields: Record<Exclude<Kind, "unknown">, (index: number) => Omit<NewUser, "name">> = {
    known: (index) => ({ passwordHashes: [index % 2 ? hashes.raised : hashes.old] }),
    "two-password": () => ({ passwordHashes: [hashes.old, hashes.raised] }),
    disabled: () => ({ passwordHashes: [hashes.old], enabled: false }),
  };
  const users = Object.entries(fields).flatMap(([kind, fieldsOf]) =>
    Array.from({ length: samples }, (_, index) =>
      toItem({ name: `${kind}-${index}`, ...fieldsOf(index) }),
    ),
  );
  return [serverItem(serverId), ...users];
}

/** Milliseconds of a wrong login for each name, by the kind of name. */
async function timesOf(
  bundle: string,
  environment: Readonly<Record<string, string>>,
): Promise<Record<Kind, number[]>> {
  const names = (Object.keys(kinds) as Kind[]).flatMap((kind) =>
    Array.from({ length: samples }, (_, index) => ({ kind, name: `${kind}-${index}` })),
  );
  const order = [
    ...Array.from({ length: warmUp }, (_, index) => ({ kind: undefined, name: `first-${index}` })),
    ...names
      .map((name) => ({ name, at: Math.random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ name }) => name),
  ];
  const events = order.map(({ name }) => attempt(name, "a wrong password"));
  const { times, reasons } = await invoke(bundle, events, environment, false);
  const found: Record<Kind, number[]> = {
    unknown: [],
    known: [],
    "two-password": [],
    disabled: [],
  };
  for (const [index, { kind }] of order.entries()) {
    if (kind === undefined) continue;
    if (reasons[index] !== kinds[kind]) {
      throw new Error(`A ${kind} name was refused as ${reasons[index]}, not ${kinds[kind]}.`);
    }
    found[kind].push(times[index]);
  }
  return found;
}
