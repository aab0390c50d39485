import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import type { ConformanceRecording } from "../../twin/evidence/recording";
import type { CliContext } from "../core/context";
import { exitCodes } from "../core/errors";
import { readPassword } from "../core/read-password";
import { differenceLines, differences } from "./compare";
import { startReference } from "./reference";
import { conformanceSuite } from "./suite";
import { transcribe } from "./transcript";

export interface ConformanceOptions {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly stack: string;
  /** File for the server's replies. */
  readonly record?: string;
}

/**
 * Plays the suite against a server and a twin of the stack, and prints the differences.
 *
 * @returns the exit code: 1 when something differs
 */
export async function conformance(
  options: ConformanceOptions,
  { root, env, out, now }: CliContext,
): Promise<number> {
  const password = await readPassword(options.user, env);
  const data = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-conformance-"));
  const twin = await startReference(root, { ...options, password, data });
  let differing = 0;
  const dialogues: ConformanceRecording["dialogues"][number][] = [];
  try {
    for (const dialogue of conformanceSuite) {
      const expected = await transcribe(twin.target, dialogue);
      const actual = await transcribe({ ...options, password }, dialogue);
      dialogues.push({ name: dialogue.name, lines: actual });
      const found = differences(expected, actual);
      const open = dialogue.question === undefined ? "" : ` (open: ${dialogue.question})`;
      out(`${found.length === 0 ? "same   " : "differs"} ${dialogue.name}${open}\n`);
      found.flatMap(differenceLines).forEach((line) => out(`${line}\n`));
      differing += Number(found.length > 0);
    }
  } finally {
    await twin.close();
    fs.rmSync(data, { recursive: true, force: true });
  }
  if (options.record !== undefined) {
    const title = `A server of ${new Date(now() * 1000).toISOString().slice(0, 10)}`;
    const recording: ConformanceRecording = { title, dialogues };
    fs.writeFileSync(options.record, `${JSON.stringify(recording, undefined, 2)}\n`);
    out(
      `${options.record} has the replies, masked: read it, name the server in its title, and contribute it.\n`,
    );
  }
  const count = conformanceSuite.length;
  out(`${count - differing} of ${count} dialogues are identical\n`);
  return differing === 0 ? exitCodes.ok : exitCodes.failed;
}
