import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";

import type { CliContext } from "../../../cli/core/context";
import { fromItem, keys } from "../../../lambdas/identity-provider/stores/user-record";
import { type Ended, runCli } from "../../support/cli-context";
import { openTable, type Table } from "../../lambdas/identity-provider/support/table";

/** The clock of the commands, in epoch seconds. */
export const clock = { now: 1_800_000_000 };

export type { Ended };

/** Runs `canal-ftp users …` in this process. */
export function users(
  argv: readonly string[],
  given: { readonly input?: string } & Pick<Partial<CliContext>, "runProgram" | "stop"> = {},
): Promise<Ended> {
  const { input = "", ...context } = given;
  return runCli(["users", ...argv], {
    env: process.env,
    now: () => clock.now,
    input: () => Promise.resolve(input),
    ...context,
  });
}

/** The password in what `add` and `rotate` print. */
export function shownPassword({ stdout }: Ended): string {
  const password = /password {2}(\S+)/.exec(stdout)?.[1];
  if (password === undefined) throw new Error(`No password in: ${stdout}`);
  return password;
}

/** A table in place of the one of stack dev in AWS, by environment variables. `close` restores the environment. */
export async function deployedTable(): Promise<Table & { readonly args: string[] }> {
  const table = await openTable();
  const restore = setEnvironment({
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "not-a-real-key",
  });
  return {
    ...table,
    args: ["--stack", "dev", "--table", table.name],
    close: async () => {
      restore();
      await table.close();
    },
  };
}

/** A table for a file of tests, opened and closed by hooks, and the commands on it. */
export function usersOnTable() {
  const folder = temporaryFolder();
  let table: Awaited<ReturnType<typeof deployedTable>>;
  before(async () => {
    table = await deployedTable();
  });
  after(async () => {
    folder.remove();
    await table.close();
  });
  return {
    folder,
    /** The table; not before the hooks have run. */
    get table() {
      return table;
    },
    run: (...argv: string[]) => users([...argv, ...table.args]),
    record: async (name: string) => fromItem(await table.get(keys.user(name))),
  };
}

/** Sets variables, and returns a function that restores them. */
export function setEnvironment(variables: Record<string, string | undefined>): () => void {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  const set = (name: string, value: string | undefined) => {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  };
  Object.entries(variables).forEach(([name, value]) => set(name, value));
  return () => before.forEach(([name, value]) => set(name, value));
}

/** A folder for a test's files. */
export function temporaryFolder(): { path: (name: string) => string; remove(): void } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-users-"));
  return {
    path: (name) => path.join(folder, name),
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

/** Puts a proxy between the commands and the table, which denies an operation while `broken` is true. */
export function failingTable(
  endpoint: string,
  operation: string,
  broken: () => boolean,
): Promise<() => void> {
  return proxiedTable(endpoint, (target, response) => {
    if (!target.endsWith(`.${operation}`) || !broken()) return false;
    const denial = { __type: "x#AccessDeniedException", message: "by the test" };
    response.writeHead(400).end(JSON.stringify(denial));
    return true;
  });
}

/** Puts a proxy between the commands and the table, by whose responses the table's clock is ahead of this machine's. */
export function tableWithClock(endpoint: string, secondsAhead: number): Promise<() => void> {
  return proxiedTable(endpoint, (_target, response) => {
    response.setHeader("Date", new Date(Date.now() + secondsAhead * 1000).toUTCString());
    return false;
  });
}

/** @param answer - Called for each request with its operation; false when the table shall answer. */
async function proxiedTable(
  endpoint: string,
  answer: (target: string, response: http.ServerResponse) => boolean,
): Promise<() => void> {
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (answer(String(request.headers["x-amz-target"]), response)) return;
      const { method, headers } = request;
      const inner = http.request(endpoint, { method, headers }, (table) => {
        response.writeHead(table.statusCode ?? 500);
        table.pipe(response);
      });
      inner.end(Buffer.concat(chunks));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const restore = setEnvironment({ AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${port}` });
  return () => {
    restore();
    server.closeAllConnections();
    server.close();
  };
}
