import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { Readable, Writable } from "node:stream";

import { Client, FTPError } from "basic-ftp";

import { keys } from "../../../lambdas/identity-provider/stores/user-record";
import { findRunning } from "../../../twin/running";
import { callTables } from "../../../twin/table/tables";
import { type Ended, runCli } from "../../support/cli-context";
import { root as projectRoot } from "../../support/golden";

/** A folder for a twin's data that remains after the twin. */
export function dataFolder(): { readonly path: string; remove(): void } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-identity-"));
  return { path: folder, remove: () => fs.rmSync(folder, { recursive: true, force: true }) };
}

export type { Ended };

/** Runs `canal-ftp users … --twin`. */
export function users(data: string, ...argv: string[]): Promise<Ended> {
  return usersOf(projectRoot, data, argv);
}

/** The same for a copy of the program with another configuration. */
export async function usersOf(root: string, data: string, argv: readonly string[]): Promise<Ended> {
  return runCli(["users", ...argv, "--twin", "--data", data], { root });
}

/** Adds a user to the twin. Returns the password. */
export async function addUser(data: string, name: string, ...options: string[]): Promise<string> {
  const { code, stdout, stderr } = await users(data, "add", name, ...options, "--json");
  if (code !== 0) throw new Error(`${stdout}${stderr}`);
  return (JSON.parse(stdout) as { password: string }).password;
}

/** The address of an FTP server. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** A logged-in client, or the code of the reply that denies the login. */
export async function logIn(
  { host, port }: Address,
  user: string,
  password: string,
): Promise<Client | number> {
  const client = new Client(5000);
  try {
    await client.access({ host, port, user, password });
    return client;
  } catch (error) {
    client.close();
    if (error instanceof FTPError) return error.code;
    throw error;
  }
}

/** The reply's code a login ends with: 230 or 530. */
export async function tryLogIn(to: Address, user: string, password: string): Promise<number> {
  const client = await logIn(to, user, password);
  if (typeof client === "number") return client;
  client.close();
  return 230;
}

/** A logged-in client. Throws when the login is denied. */
export async function mustLogIn(to: Address, user: string, password: string): Promise<Client> {
  const client = await logIn(to, user, password);
  if (typeof client === "number") throw new Error(`${user} is refused with ${client}`);
  return client;
}

/** The code of the reply that refuses an operation. Throws when it succeeds. */
export async function refused(attempt: Promise<unknown>): Promise<number> {
  let result: unknown;
  try {
    result = await attempt;
  } catch (error) {
    if (error instanceof FTPError) return error.code;
    throw error;
  }
  throw new Error(`It was not refused: ${JSON.stringify(result)}`);
}

export function store(client: Client, name: string, text: string): Promise<unknown> {
  return client.uploadFrom(Readable.from([Buffer.from(text)]), name);
}

export async function fetchText(client: Client, name: string): Promise<string> {
  const chunks: Buffer[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  await client.downloadTo(sink, name);
  return Buffer.concat(chunks).toString();
}

/** The identity provider's decisions so far: `outcome reason` each, with whom and from where. */
export function decisions(data: string): { user?: string; outcome: string; Reason: string }[] {
  const file = path.join(data, "logs", "identity-provider.log");
  if (!fs.existsSync(file)) return [];
  return fs
    .readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { user?: string; outcome: string; Reason: string });
}

/** Reasons of one user's decisions, in order. */
export function reasonsOf(data: string, user: string): string[] {
  return decisions(data)
    .filter((decision) => decision.user === user)
    .map(({ Reason }) => Reason);
}

/** Moves the recorded failures of a user into the past, as if the time had passed. */
export async function ageFailures(data: string, user: string, seconds: number): Promise<void> {
  const running = await findRunning(data);
  if (!running) throw new Error(`No twin runs in ${data}.`);
  for (const pk of [keys.failures(user), keys.failures(user, running.deviceAddress)]) {
    await callTables(running.tables, "UpdateItem", {
      TableName: running.table,
      Key: { pk: { S: pk } },
      UpdateExpression: "SET firstAt = firstAt - :s, lastAt = lastAt - :s",
      ExpressionAttributeValues: { ":s": { N: String(seconds) } },
    });
  }
}
