import { randomBytes } from "node:crypto";
import { escapeBytes, escapeLine } from "../../twin/recording/escape";
import { maskReply } from "../../twin/recording/mask";
import { FtpPlayer } from "../../lib/ftp-player";
import type { ConformanceDialogue, Step } from "./suite";

/** A server, and a user to log in as. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** A step and its replies, without the parts that differ between runs. */
export interface TranscriptLine {
  readonly sent: string;
  readonly got: readonly string[];
}

/** Runs a dialogue. It stores files in a folder of its own, which is removed afterwards. */
export async function transcribe(
  target: Target,
  dialogue: ConformanceDialogue,
): Promise<TranscriptLine[]> {
  const { player, greeting } = await FtpPlayer.connect(target.host, target.port);
  const folder = `conformance-${randomBytes(4).toString("hex")}`;
  const lines: TranscriptLine[] = [
    { sent: "(connect)", got: [constant(greeting, folder, target.user)] },
  ];
  try {
    if (dialogue.loggedIn) {
      await enter(player, target, folder);
    }
    for (const step of dialogue.steps) {
      const [line, upload] = partsOf(step);
      const { replies, received } = await player.play(line, upload);
      const data = received === undefined ? [] : [`data: ${received.toString()}`];
      const got = [...replies, ...data];
      const sent = typeof line === "string" ? escapeLine(line) : escapeBytes(line);
      lines.push({ sent, got: got.map((text) => constant(text, folder, target.user)) });
    }
  } finally {
    player.close();
    if (dialogue.loggedIn) await cleanUp(target, folder);
  }
  return lines;
}

const partsOf = (step: Step): readonly [string | Buffer, Buffer?] =>
  typeof step === "string" ? [step] : step;

async function enter(player: FtpPlayer, { user, password }: Target, folder: string): Promise<void> {
  await player.play(`USER ${user}`);
  const { replies } = await player.play(`PASS ${password}`);
  if (!replies[0].startsWith("230")) throw new Error(`The login was refused: ${replies[0]}`);
  for (const line of [`MKD ${folder}`, `CWD ${folder}`]) {
    const { replies } = await player.play(line);
    if (!replies[0].startsWith("2")) throw new Error(`${line} was refused: ${replies[0]}`);
  }
}

/** Removes the folder with its content, where the server permits it. */
async function cleanUp({ host, port, user, password }: Target, folder: string): Promise<void> {
  const { player } = await FtpPlayer.connect(host, port);
  try {
    await player.play(`USER ${user}`);
    await player.play(`PASS ${password}`);
    await removeTree(player, `/${folder}`);
  } finally {
    player.close();
  }
}

async function removeTree(player: FtpPlayer, path: string): Promise<void> {
  await player.play("PASV");
  const { received } = await player.play(`NLST ${path}`);
  for (const name of (received?.toString() ?? "").split(/\r?\n/).filter((each) => each !== "")) {
    const entry = name.startsWith("/") ? name : `${path}/${name}`;
    const { replies } = await player.play(`DELE ${entry}`);
    if (!replies[0].startsWith("2")) await removeTree(player, entry);
  }
  await player.play(`RMD ${path}`);
}

/** Replaces what differs between servers and runs, and what identifies the user. */
function constant(text: string, folder: string, user: string): string {
  return maskReply(text.replaceAll(folder, "FOLDER").replaceAll(user, "USER"));
}
