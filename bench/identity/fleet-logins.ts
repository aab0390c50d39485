import { randomInt } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

import { Client } from "basic-ftp";

import { processContext } from "../../cli/core/process-context";
import { run } from "../../cli/main";
import { root } from "../measure";

/** The figures of a fleet in a twin. */
export interface FleetFigures {
  readonly imported: number;
  readonly importSeconds: number;
  readonly granted: number;
  readonly refused: number;
  /** Of a login, from the connection to the reply of PASS. */
  readonly loginMilliseconds: { readonly p50: number; readonly p99: number };
  readonly loginsPerSecond: number;
}

/** Clients that log in at the same time. */
const clients = 8;

/**
 * Imports users into a running twin with `canal-ftp users import`, then logs in as random ones of them with the
 * passwords it wrote.
 *
 * @param data the twin's folder
 */
export async function importAndLogIn(
  data: string,
  { host, port }: { host: string; port: number },
  size: { readonly users: number; readonly logins: number },
  progress: (text: string) => void = () => {},
): Promise<FleetFigures> {
  const csv = path.join(data, "fleet.csv");
  const passwordFile = path.join(data, "fleet-passwords.csv");
  const names = Array.from({ length: size.users }, (_, index) => `dev-${index}`);
  fs.writeFileSync(csv, `name\n${names.join("\n")}\n`);
  let stdout = "";
  const started = performance.now();
  const context = { ...processContext(), root, out: (text: string) => void (stdout += text) };
  const code = await run(
    ["users", "import", csv, "--passwords", passwordFile, "--json", "--twin", "--data", data],
    { ...context, error: progress, errorIsTerminal: false },
  );
  const importSeconds = (performance.now() - started) / 1000;
  if (code !== 0) throw new Error(stdout);
  const { added } = JSON.parse(stdout) as { added: number };

  const lines = fs.readFileSync(passwordFile, "utf8").trim().split("\n").slice(1);
  const times: number[] = [];
  let [left, refused] = [size.logins, 0];
  const loginsStarted = performance.now();
  const device = async () => {
    while (left-- > 0) {
      const [user, password] = lines[randomInt(lines.length)].split(",");
      const client = new Client(30_000);
      const began = performance.now();
      try {
        await client.connect(host, port);
        await client.login(user, password);
        times.push(performance.now() - began);
      } catch {
        refused++;
      }
      client.close();
    }
  };
  await Promise.all(Array.from({ length: clients }, device));
  const seconds = (performance.now() - loginsStarted) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))];
  return {
    imported: added,
    importSeconds,
    granted: times.length,
    refused,
    loginMilliseconds: { p50: at(0.5), p99: at(0.99) },
    loginsPerSecond: times.length / seconds,
  };
}
