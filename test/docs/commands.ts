import { codeSpans, Document } from "./markdown";

/** One command of a document, as the shell would see it. */
export interface DocumentCommand {
  readonly file: string;
  readonly words: readonly string[];
  /** Of a block, to be typed as it stands. A command in the text may be only named, without its arguments. */
  readonly whole: boolean;
}

/** What commands in the documents begin with. In a block of `sh` every line has to begin with one of them. */
export const programs = [
  ...["npm", "npx", "node", "git", "pulumi", "aws", "soracom", "curl", "ftp", "export", "cd"],
] as const;

/** The lines of the blocks that are commands, those that go on behind a backslash joined. */
export function shellLines({ blocks }: Document): string[] {
  return blocks.flatMap(({ language, lines }) => {
    const joined = lines
      .join("\n")
      .replace(/\\\n\s*/g, " ")
      .split("\n");
    const sure = ["sh", "bash", "console"].includes(language);
    return joined
      .map((line) => line.replace(/^\$ /, "").trim())
      .filter((line) => line !== "" && !line.startsWith("#"))
      .filter((line) => sure || isKnown(wordsOf(line)));
  });
}

/** Every command of a document: of its blocks, of its text, and those inside `$(…)` and behind `|`. */
export function commandsOf(document: Document): DocumentCommand[] {
  const spans = codeSpans(document).filter((span) => {
    const words = wordsOf(span);
    return words.length > 1 && isKnown(words);
  });
  const read = (lines: readonly string[], whole: boolean) =>
    lines.flatMap(simpleCommands).map((words) => ({ file: document.file, words, whole }));
  return [...read(shellLines(document), true), ...read(spans, false)];
}

/** The simple commands of a line, without the variables that are set before them. */
export function simpleCommands(line: string): string[][] {
  const inner = [...line.matchAll(/\$\(([^()]*)\)/g)].flatMap(([, text]) => simpleCommands(text));
  const outer: string[][] = [[]];
  for (const word of wordsOf(line)) {
    // `pulumi env run … -- command` runs a command; of npm, what follows `--` is a script's.
    const runs = word === "--" && outer[outer.length - 1][0] === "pulumi";
    if (runs || ["|", "&&", "||", ";"].includes(word)) outer.push([]);
    else outer[outer.length - 1].push(word);
  }
  return [...inner, ...outer.map(withoutRedirections).filter((words) => words.length > 0)];
}

function withoutRedirections(given: readonly string[]): string[] {
  const words = given.slice(given.findIndex((word) => !/^[A-Z_]+=/.test(word)));
  if (words.every((word) => /^[A-Z_]+=/.test(word))) return [];
  const end = words.findIndex((word) => /^\d?>>?$/.test(word));
  return end < 0 ? words : words.slice(0, end);
}

const isKnown = (words: readonly string[]) => {
  const first = words.find((word) => !/^[A-Z_]+=/.test(word)) ?? "";
  return (programs as readonly string[]).includes(first) || first.startsWith("scripts/");
};

/** The words of a line: quotes taken off, `$(…)` in one piece, and nothing of what follows a ` #`. */
export function wordsOf(line: string): string[] {
  const words: string[] = [];
  const piece = /\$\([^()]*\)|"((?:\\.|\$\([^()]*\)|[^"\\])*)"|'([^']*)'|\\(.)|([^\s"'\\$]+|\$)/y;
  let [word, at] = [undefined as string | undefined, 0];
  while (at < line.length) {
    if (/\s/.test(line[at])) {
      if (word !== undefined) words.push(word);
      [word, at] = [undefined, at + 1];
      continue;
    }
    if (word === undefined && line[at] === "#") break;
    piece.lastIndex = at;
    const match = piece.exec(line);
    // An apostrophe in a sentence opens a quotation that never ends.
    if (match === null) return [];
    word = (word ?? "") + (match[1] ?? match[2] ?? match[3] ?? match[4] ?? match[0]);
    at = piece.lastIndex;
  }
  return word === undefined ? words : [...words, word];
}
