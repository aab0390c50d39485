import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import type { ConformanceRecording } from "../../twin/evidence/recording";
import type { CliContext } from "../core/context";
import { exitCodes, UserError } from "../core/errors";
import { readPassword } from "../core/read-password";
import { differenceLines, differences } from "./compare";
import { startReference } from "./reference";
import { type ConformanceDialogue, conformanceSuite } from "./suite";
import { transcribe, type TranscriptLine } from "./transcript";

export interface ConformanceOptions {
  /** The server, or the file in which `--record` has kept its replies. */
  readonly server: ServerAddress | { readonly recording: string };
  readonly stack: string;
  /** File for the server's replies. */
  readonly record?: string;
}

export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
}

/**
 * Plays the suite against a twin of the stack and a server, or its recording, and prints the differences.
 *
 * @returns the exit code: 1 when something differs
 */
export async function conformance(
  { server, stack, record }: ConformanceOptions,
  { root, env, out, now }: CliContext,
): Promise<number> {
  const replies = "recording" in server ? recorded(server.recording) : await repliesOf(server, env);
  const data = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-conformance-"));
  const user = { user: "conformance", password: randomBytes(12).toString("hex") };
  const twin = await startReference(root, { stack, ...user, data });
  let differing = 0;
  const dialogues: ConformanceRecording["dialogues"][number][] = [];
  try {
    for (const dialogue of conformanceSuite) {
      const expected = await transcribe(twin.target, dialogue);
      const actual = await replies(dialogue);
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
  if (record !== undefined) {
    const title = `A server of ${new Date(now() * 1000).toISOString().slice(0, 10)}`;
    const recording: ConformanceRecording = { title, dialogues };
    fs.writeFileSync(record, `${JSON.stringify(recording, undefined, 2)}\n`);
    out(
      `${record} has the replies, masked: read it, name the server in its title, and contribute it.\n`,
    );
  }
  const count = conformanceSuite.length;
  out(`${count - differing} of ${count} dialogues are identical\n`);
  return differing === 0 ? exitCodes.ok : exitCodes.failed;
}

type Replies = (dialogue: ConformanceDialogue) => Promise<readonly TranscriptLine[]>;

async function repliesOf(server: ServerAddress, env: NodeJS.ProcessEnv): Promise<Replies> {
  const password = await readPassword(server.user, env);
  return (dialogue) => transcribe({ ...server, password }, dialogue);
}

/** A dialogue that the recording does not have was never played: all of its replies are missing. */
function recorded(file: string): Replies {
  const { dialogues } = readRecording(file);
  return async ({ name }) => dialogues.find((each) => each.name === name)?.lines ?? [];
}

function readRecording(file: string): ConformanceRecording {
  try {
    const recording = JSON.parse(fs.readFileSync(file, "utf8")) as ConformanceRecording;
    if (Array.isArray(recording.dialogues)) return recording;
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${(error as Error).message}`);
  }
  throw new UserError(`${file} is not a file that canal-ftp conformance --record has written.`);
}
