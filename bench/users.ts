import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { hashPassword } from "../lambdas/identity-provider/password";
import { keys, toItem, verifiedValue } from "../lambdas/identity-provider/stores/user-record";
import { TableServer } from "./identity/table";
import { Figure, ProcessFigures, runNode, scratch, typescript } from "./measure";

const size = { imported: 5000, listed: 100_000 };

/** Hashes from which the time of all hashes of an import is estimated, before it and after it. */
const sample = 250;

/** Threads that hash: as many as the command has by default. */
const threads = os.availableParallelism();

type Times = Pick<ProcessFigures, "wallSeconds" | "processorSeconds">;

/** `canal-ftp users` as a process of its own, with a table of a stand-in in a further process. */
export async function userFigures(runs: number): Promise<Figure[]> {
  const folder = scratch();
  const tables = await TableServer.start();
  const users = (table: string, ...args: string[]) =>
    runNode(["cli/canal-ftp.cjs", "users", ...args, "--json", "--stack", "dev", "--table", table], {
      AWS_ENDPOINT_URL_DYNAMODB: tables.endpoint,
      AWS_ACCESS_KEY_ID: "bench",
      AWS_SECRET_ACCESS_KEY: "bench",
    });

  async function importAll(run: number): Promise<Times> {
    const [file, passwords] = ["users", "passwords"].map((name) =>
      path.join(folder, `${name}-${run}.csv`),
    );
    const names = Array.from({ length: size.imported }, (_, index) => `dev-${index}`);
    fs.writeFileSync(file, `name\n${names.join("\n")}\n`);
    const table = `imported-${run}`;
    await tables.create(table, []);
    const imported = await users(table, "import", file, "--passwords", passwords);
    const { added } = JSON.parse(imported.stdout) as { added: number };
    if (added !== size.imported) throw new Error(`${added} of ${size.imported} users were added.`);
    return imported;
  }

  async function listAll(): Promise<Times> {
    const listed = await users("listed", "list");
    const { length } = (JSON.parse(listed.stdout) as { users: unknown[] }).users;
    if (length !== size.listed) throw new Error(`${length} of ${size.listed} users were listed.`);
    return listed;
  }

  try {
    const [floors, imports, lists]: Times[][] = [[], [], []];
    for (let run = 0; run < runs; run++) {
      const before = await hashes();
      imports.push(await importAll(run));
      const after = await hashes();
      floors.push({
        wallSeconds: before.wallSeconds + after.wallSeconds,
        processorSeconds: before.processorSeconds + after.processorSeconds,
      });
    }
    await tables.create("listed", await fleet());
    for (let run = 0; run < runs; run++) lists.push(await listAll());
    return figuresOf(floors, imports, lists);
  } finally {
    tables.stop();
  }
}

function figuresOf(floors: Times[], imports: Times[], lists: Times[]): Figure[] {
  const all = `users import of ${size.imported}`;
  const alone = `its hashes alone, estimated from ${2 * sample}`;
  const busy = `processor time over ${threads} cores`;
  const scale = size.imported / (2 * sample);
  const wall = floors.map(({ wallSeconds }) => wallSeconds * scale);
  const overCores = (times: Times[]) =>
    times.map(({ processorSeconds }) => processorSeconds / threads);
  const figure = (what: string, values: number[], goal?: Figure["goal"], unit = "s"): Figure => ({
    ...{ what, unit, values },
    ...(goal && { goal }),
  });
  const imported = imports.map(({ wallSeconds }) => wallSeconds);
  return [
    figure(`${all}: ${alone}`, wall),
    figure(all, imported, { atMost: 60 }),
    figure(
      `${all}, compared with ${alone.split(",")[0]}`,
      ratio(imported, wall),
      { atMost: 1.25 },
      "times",
    ),
    figure(
      `${all}: ${alone}, ${busy}`,
      overCores(floors).map((value) => value * scale),
    ),
    figure(`${all}, ${busy}`, overCores(imports)),
    figure(
      `users list of ${size.listed}`,
      lists.map(({ wallSeconds }) => wallSeconds),
      { atMost: 15 },
    ),
  ];
}

const ratio = (values: number[], of: number[]) => values.map((value, run) => value / of[run]);

/** The time of hashes and of nothing else, on as many threads as the command has. */
async function hashes(): Promise<Times> {
  const args = [...typescript, "bench/users/hashes.ts", String(sample)];
  const { stdout } = await runNode(args, { UV_THREADPOOL_SIZE: String(threads) });
  return JSON.parse(stdout) as Times;
}

/** Users of devices in use: each has a record, and a password that was verified. */
async function fleet() {
  const passwordHashes = [await hashPassword("a password")];
  const at = Math.floor(Date.now() / 1000);
  const verified = verifiedValue([{ digest: "d".repeat(43), at }]);
  return Array.from({ length: size.listed }, (_, index) => `dev-${index}`).flatMap((name) => [
    toItem({ name, passwordHashes }),
    { pk: { S: keys.failures(name) }, verified, ttl: { N: String(at + 604_800) } },
  ]);
}
