import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";

import { hashPassword } from "../lambdas/identity-provider/password";
import { keys, toItem, verifiedValue } from "../lambdas/identity-provider/stores/user-record";
import { TableServer } from "./identity/table";
import { Figure, root, scratch, seconds } from "./measure";

const size = { imported: 5000, listed: 100_000 };

/** Threads that hash: as many as the command uses by default. */
const threads = os.availableParallelism();

/** Hashes by which the time of all hashes of an import is estimated, before it and after it. */
const floorSample = 250;

/** `canal-ftp users` as a process of its own, with a table of a stand-in in a further process. */
export async function userFigures(runs: number): Promise<Figure[]> {
  const folder = scratch();
  const tables = await TableServer.start();
  try {
    const times: Record<"floor" | "imported" | "over" | "listed", number[]> = {
      ...{ floor: [], imported: [], over: [], listed: [] },
    };
    for (let run = 0; run < runs; run++) {
      const table = `imported-${run}`;
      await tables.create(table, []);
      const before = await floorSeconds();
      const imported = await importSeconds(path.join(folder, `run-${run}`), tables, table);
      const floor = (before + (await floorSeconds())) / 2;
      times.floor.push(floor);
      times.imported.push(imported);
      times.over.push(imported / floor);
    }
    await tables.create("listed", await fleet());
    for (let run = 0; run < runs; run++) times.listed.push(await listSeconds(tables));
    return [
      {
        what: `hashes of ${size.imported} users alone, ${threads} threads (estimated from ${2 * floorSample})`,
        unit: "s",
        values: times.floor,
      },
      {
        what: `users import of ${size.imported}`,
        unit: "s",
        values: times.imported,
        goal: { atMost: 60 },
      },
      {
        what: `users import of ${size.imported}, compared with its hashes alone`,
        unit: "times",
        values: times.over,
        goal: { atMost: 1.25 },
      },
      {
        what: `users list of ${size.listed}`,
        unit: "s",
        values: times.listed,
        goal: { atMost: 15 },
      },
    ];
  } finally {
    tables.stop();
  }
}

/** The time of the hashes of an import and of nothing else, on as many threads as there are processors. */
async function floorSeconds(): Promise<number> {
  const program = `
    require("ts-node/register/transpile-only");
    const { hashPassword } = require("./lambdas/identity-provider/password");
    const started = performance.now();
    Promise.all(Array.from({ length: ${floorSample} }, () => hashPassword("a password"))).then(() =>
      console.log((performance.now() - started) / 1000));`;
  return (Number(await runNode(["-e", program], {})) * size.imported) / floorSample;
}

async function importSeconds(folder: string, tables: TableServer, table: string): Promise<number> {
  fs.mkdirSync(folder);
  const [users, passwords] = ["users.csv", "passwords.csv"].map((file) => path.join(folder, file));
  const names = Array.from({ length: size.imported }, (_, index) => `dev-${index}`);
  fs.writeFileSync(users, `name\n${names.join("\n")}\n`);
  const started = process.hrtime.bigint();
  const output = await runUsers(["import", users, "--passwords", passwords], tables, table);
  const time = seconds(started);
  const { added } = JSON.parse(output) as { added: number };
  if (added !== size.imported) throw new Error(`${added} of ${size.imported} users were added.`);
  return time;
}

async function listSeconds(tables: TableServer): Promise<number> {
  const started = process.hrtime.bigint();
  const output = await runUsers(["list"], tables, "listed");
  const time = seconds(started);
  const { users } = JSON.parse(output) as { users: unknown[] };
  if (users.length !== size.listed) throw new Error(`${users.length} users were listed.`);
  return time;
}

/** Users in use: each has a record, and a password that was verified. */
async function fleet() {
  const passwordHashes = [await hashPassword("a password")];
  const at = Math.floor(Date.now() / 1000);
  const verified = verifiedValue([{ digest: "d".repeat(43), at }]);
  return Array.from({ length: size.listed }, (_, index) => `dev-${index}`).flatMap((name) => [
    toItem({ name, passwordHashes }),
    { pk: { S: keys.failures(name) }, verified, ttl: { N: String(at + 604_800) } },
  ]);
}

async function runUsers(
  args: readonly string[],
  tables: TableServer,
  table: string,
): Promise<string> {
  const command = ["cli/canal-ftp.cjs", "users", ...args, "--stack", "dev", "--table", table];
  const environment = {
    AWS_ENDPOINT_URL_DYNAMODB: tables.endpoint,
    AWS_ACCESS_KEY_ID: "bench",
    AWS_SECRET_ACCESS_KEY: "bench",
  };
  return runNode([...command, "--json"], environment);
}

/** What a process of Node prints; rejects when it fails. */
async function runNode(args: string[], environment: Record<string, string>): Promise<string> {
  const env = { ...process.env, UV_THREADPOOL_SIZE: String(threads), ...environment };
  const options = { cwd: root, env, maxBuffer: 2 ** 27 };
  return (await promisify(execFile)(process.execPath, args, options)).stdout;
}
