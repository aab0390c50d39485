import * as fs from "node:fs";
import * as path from "node:path";

import { root } from "../support/golden";

/** A document of the project, its fenced blocks apart from its text. */
export interface Document {
  /** Path from the project's folder. */
  readonly file: string;
  /** The text without fenced blocks. */
  readonly prose: string;
  readonly blocks: readonly Block[];
}

/** A fenced block. */
export interface Block {
  /** What stands behind the fence: `sh`, or nothing. */
  readonly language: string;
  readonly lines: readonly string[];
}

/** Every document for readers: those at the top and those in docs/. */
export function documents(): Document[] {
  return ["", "docs"].flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder))
      .filter((name) => name.endsWith(".md"))
      .map((name) => readDocument(path.join(folder, name))),
  );
}

/** Reads one document. */
export function readDocument(file: string): Document {
  return parseDocument(file, fs.readFileSync(path.join(root, file), "utf8"));
}

/** A document in a text. */
export function parseDocument(file: string, text: string): Document {
  const blocks: Block[] = [];
  const prose = text.replace(
    /^( *)```([^\n`]*)\n([\s\S]*?)^\1```[ \t]*$/gm,
    (_, indent: string, language: string, body: string) => {
      const lines = body.split("\n").map((line) => line.slice(indent.length));
      blocks.push({ language: language.trim(), lines });
      return "";
    },
  );
  return { file, prose, blocks };
}

/** Headings in order, with their depth: `## Try it` is depth 2. */
export function headings({ prose }: Document): { depth: number; text: string }[] {
  return [...prose.matchAll(/^(#{1,6}) +(.+?) *$/gm)].map(([, marks, text]) => ({
    depth: marks.length,
    text,
  }));
}

/** What may follow `#` in a link: the headings as GitHub names them. */
export function anchors(document: Document): Set<string> {
  const seen = new Map<string, number>();
  return new Set(
    headings(document).map(({ text }) => {
      const name = text
        .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
        .toLowerCase()
        .replace(/[^\p{L}\p{N}_ -]/gu, "")
        .replaceAll(" ", "-");
      const times = seen.get(name) ?? 0;
      seen.set(name, times + 1);
      return times === 0 ? name : `${name}-${times}`;
    }),
  );
}

/** Targets of links and pictures, code spans left out. */
export function links({ prose }: Document): string[] {
  const text = prose.replace(/`[^`\n]*`/g, "");
  return [...text.matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/g)].map(([, target]) => target);
}

/** The code spans of the text. */
export function codeSpans({ prose }: Document): string[] {
  return [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code);
}

/** Rows of the first table whose head begins with these cells. */
export function tableRows({ prose }: Document, ...head: string[]): string[][] {
  const cells = (line: string) =>
    line
      .replace(/^\||\|$/g, "")
      .split("|")
      .map((cell) => cell.trim());
  const lines = prose.split("\n");
  const start = lines.findIndex(
    (line) => line.startsWith("|") && head.every((cell, i) => cells(line)[i] === cell),
  );
  if (start < 0) return [];
  const end = lines.findIndex((line, i) => i > start && !line.startsWith("|"));
  return lines.slice(start + 2, end < 0 ? undefined : end).map(cells);
}
