import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";

import type { Command } from "commander";

import { runCommandLine } from "../../cli/core/command";
import { buildProgram } from "../../cli/main";
import { cliContext, runCli } from "../support/cli-context";
import { root } from "../support/stack-values";
import { wordsOf } from "./commands";

/** The scripts of package.json. */
export const scripts = (
  JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  }
).scripts;

/** The script and its arguments of `npm start`, `npm test` and `npm run …`; undefined for another npm command. */
export function scriptOf(words: readonly string[]): { name: string; args: string[] } | undefined {
  const end = words.indexOf("--");
  const [own, args] = end < 0 ? [words, []] : [words.slice(0, end), words.slice(end + 1)];
  const names = own.slice(1).filter((word) => !["-s", "--silent"].includes(word));
  const name = names[0] === "run" ? names[1] : names[0];
  const runs = names[0] === "run" || ["start", "test"].includes(names[0]);
  return runs && name !== undefined ? { name, args: [...args] } : undefined;
}

/** The arguments of canal-ftp in `npx canal-ftp …` and `npm start -- …`; undefined for another command. */
export function canalFtpArguments(words: readonly string[]): readonly string[] | undefined {
  if (words[0] === "npx" && words[1] === "canal-ftp") return words.slice(2);
  const script = words[0] === "npm" ? scriptOf(words) : undefined;
  return script?.name === "start" ? ["start", ...script.args] : undefined;
}

/** Parses arguments of canal-ftp without running the command. Resolves with the error message, if any. */
export async function parseError(argv: readonly string[]): Promise<string | undefined> {
  let stderr = "";
  const context = cliContext({ error: (text) => (stderr += text) });
  const code = await runCommandLine(argv, context, async (end) => {
    const program = await buildProgram(argv, context, end);
    replaceActions(program);
    return program;
  });
  return code === 0 ? undefined : stderr.trim();
}

function replaceActions(command: Command): void {
  if (command.commands.length === 0) command.action(() => undefined);
  command.commands.forEach(replaceActions);
}

/** The help text of a command of canal-ftp, or of the script `bench`. */
export async function helpOf(name: string): Promise<string> {
  if (name !== "bench") return (await runCli([name, "--help"])).stdout;
  const [, ...args] = wordsOf(scripts.bench);
  return (await promisify(execFile)(process.execPath, [...args, "--help"], { cwd: root })).stdout;
}

/** Options that a help text lists, such as `--stack`. */
export const optionsIn = (help: string): string[] =>
  [...help.matchAll(/^ +(?:-\w, )?(--[\w-]+)/gm)]
    .map(([, option]) => option)
    .filter((option) => option !== "--help");
