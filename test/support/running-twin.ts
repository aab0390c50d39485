import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { Client } from "basic-ftp";

import type { EvaluationRequest } from "../../lib/stack/evaluate-in-child";
import { evaluate } from "../../lib/stack/evaluate";
import type { Evaluation } from "../../lib/stack/resource";
import { providers } from "../../resources";
import type { FtpEvent } from "../../twin/ftp/events";
import type { FtpTimeouts } from "../../twin/ftp/endpoint";
import type { TwinOptions } from "../../twin/options";
import { startTwin, Twin } from "../../twin/twin";
import { freeRange } from "./free-ports";
import { root as projectRoot } from "./golden";

/** A twin under test, with its events and messages. */
export interface RunningTwin {
  readonly twin: Twin;
  readonly events: FtpEvent[];
  readonly notices: string[];
  readonly faults: string[];
  /** Problems that the compatibility report names. */
  readonly findings: string[];
  /** Folder of the twin's data. */
  readonly data: string;
  /** All texts of events, notices and faults, for a search. */
  log(): string;
  /** A logged-in client; close it. */
  client(password?: string): Promise<Client>;
  stop(): Promise<void>;
}

export const testUser = { name: "myuser", password: "MySuperSecretPassword" };

/** In the tests' own process: what it has loaded of Pulumi serves every twin. */
export function evaluateHere({ root, ...options }: EvaluationRequest): Promise<Evaluation> {
  const program = async () => {
    const file = path.join(root, "stacks", "program.ts");
    return ((await import(file)) as typeof import("../../stacks/program")).program();
  };
  return evaluate({ ...options, program, providers });
}

/** Starts a twin of its own folder on free ports. */
export async function runTwin(
  options: Partial<TwinOptions> & {
    root?: string;
    timeouts?: FtpTimeouts;
    /** Changes the evaluated stack: a mistake in the wiring. */
    change?: (evaluation: Evaluation) => Evaluation | Promise<Evaluation>;
  } = {},
): Promise<RunningTwin> {
  const { root = projectRoot, timeouts, change = (whole) => whole, ...rest } = options;
  const data = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-"));
  const [events, notices, faults]: [FtpEvent[], string[], string[]] = [[], [], []];
  const findings: string[] = [];
  const twin = await startTwin(
    root,
    {
      stack: "dev",
      host: "127.0.0.1",
      port: 0,
      passivePorts: await freeRange(9),
      data,
      users: [testUser],
      ...rest,
    },
    {
      ftp: (event) => events.push(event),
      notice: (text) => notices.push(text),
      fault: (text) => faults.push(text),
      report: {
        finding: (_session, finding) => findings.push(finding.problem),
        summary: () => undefined,
      },
    },
    {
      timeouts: { failedLoginDelayMs: 20, ...timeouts },
      evaluate: async (request) => change(await evaluateHere(request)),
    },
  );
  const clients: Client[] = [];
  return {
    twin,
    events,
    notices,
    faults,
    findings,
    data,
    log: () => [...events.map((event) => JSON.stringify(event)), ...notices, ...faults].join("\n"),
    async client(password = testUser.password) {
      const client = new Client(3000);
      clients.push(client);
      const { host, port } = twin.ftp;
      await client.access({ host, port, user: testUser.name, password });
      return client;
    },
    async stop() {
      for (const client of clients) client.close();
      await twin.close();
      fs.rmSync(data, { recursive: true, force: true });
    },
  };
}
