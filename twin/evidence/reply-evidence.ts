import * as fs from "node:fs";
import * as path from "node:path";

import { replies } from "../ftp/replies";
import { maskReply } from "../recording/mask";
import type { ConformanceRecording } from "./recording";

/**
 * real: a real server sent the text, in a published log or a contributed recording. documented: AWS documents the
 * behaviour; code and text are those of Apache FtpServer. modelled: as in Apache FtpServer 1.2.1.
 */
export type Evidence = "real" | "documented" | "modelled";

export interface ReplyEvidence {
  readonly evidence: Evidence;
  readonly source: string;
}

export type ReplyName = keyof typeof replies;

const transcript = "https://blog.soracom.com/ja-jp/2020/04/24/canal-awsftp";
const proxyTranscript = "https://github.com/Castaglia/proftpd-mod_proxy/issues/190";
const guide = "https://docs.aws.amazon.com/transfer/latest/userguide/transfer-file.html";
const model = "Apache FtpServer 1.2.1";

const published: Readonly<Partial<Record<ReplyName, ReplyEvidence>>> = {
  ...all("real", transcript, [
    ...(["serviceReady", "needPassword", "loggedIn", "ok", "passive"] as const),
    ...(["openingData", "transferComplete", "listingComplete"] as const),
  ]),
  ...all("real", proxyTranscript, ["features"]),
  ...all("documented", guide, ["notImplemented", "badParameter", "cannotRename", "noTls"]),
};

function all(evidence: Evidence, source: string, names: readonly ReplyName[]) {
  return Object.fromEntries(names.map((name) => [name, { evidence, source }]));
}

/** Sample arguments of replies, which are masked like those of a server. */
const sampleArguments: Readonly<Partial<Record<ReplyName, readonly unknown[]>>> = {
  passive: ["192.0.2.1", 8192],
  extendedPassive: [8192],
  sessionStatus: ["192.0.2.1", "192.0.2.1", anyText()],
};

/** The evidence for each reply; replies in a recording become `real`. */
export function replyEvidence(
  recordings = keptRecordings(),
): Readonly<Record<ReplyName, ReplyEvidence>> {
  const names = Object.keys(replies) as ReplyName[];
  return Object.fromEntries(
    names.map((name) => {
      const known = published[name] ?? { evidence: "modelled", source: model };
      const recording = recordings.find((each) => hasReply(each, patternOf(name)));
      return [
        name,
        recording === undefined || known.evidence === "real"
          ? known
          : { evidence: "real", source: recording.title },
      ];
    }),
  ) as Record<ReplyName, ReplyEvidence>;
}

/** Names of the replies that match a text, the best match first: replies without variable parts. */
export function repliesLike(text: string): ReplyName[] {
  const names = Object.keys(replies) as ReplyName[];
  const fixed = (name: ReplyName) => Number(typeof replies[name] !== "string");
  return names
    .filter((name) => patternOf(name).test(maskReply(text)))
    .sort((a, b) => fixed(a) - fixed(b));
}

/** The recordings in this project, contributed by users of real servers. */
function keptRecordings(): ConformanceRecording[] {
  const folder = path.join(__dirname, "recordings");
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => JSON.parse(fs.readFileSync(path.join(folder, name), "utf8")) as never);
}

function hasReply({ dialogues }: ConformanceRecording, pattern: RegExp): boolean {
  return dialogues.some(({ lines }) =>
    lines.some(({ got }) => got.some((text) => pattern.test(text))),
  );
}

/** Placeholder for a variable part of a reply. */
function anyText(): string {
  return "\u0001";
}

/** The text of a reply, with a mark for its variable parts. */
function textOf(name: ReplyName, mark: string): string {
  const reply = replies[name] as string | ((...args: unknown[]) => string);
  if (typeof reply === "string") return reply;
  return reply(...(sampleArguments[name] ?? Array<string>(reply.length).fill(mark)));
}

function patternOf(name: ReplyName): RegExp {
  const escaped = maskReply(textOf(name, anyText())).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll(anyText(), "[^]+")}$`);
}

/** The evidence as the table of docs/twin.md: a row for each kind of evidence and source, with its replies. */
export function evidenceTable(proofs = replyEvidence()): string {
  const groups = new Map<string, string[]>();
  for (const name of Object.keys(proofs) as ReplyName[]) {
    const { evidence, source } = proofs[name];
    const key = `${evidence} | ${source.startsWith("http") ? `<${source}>` : source}`;
    groups.set(key, [...(groups.get(key) ?? []), `\`${shownText(name)}\``]);
  }
  const order = ["real", "documented", "modelled"];
  const rows = [...groups].sort(
    ([a], [b]) => order.indexOf(a.split(" ")[0]) - order.indexOf(b.split(" ")[0]),
  );
  return [
    "| evidence | source | replies |",
    "| --- | --- | --- |",
    ...rows.map(([key, texts]) => `| ${key} | ${texts.join(", ")} |`),
  ].join("\n");
}

/** The first line of a reply, with … for its variable parts. */
function shownText(name: ReplyName): string {
  return textOf(name, "…").split("\n")[0].trim().replaceAll("|", "\\|");
}
