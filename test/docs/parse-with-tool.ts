import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { root } from "../support/golden";
import { wordsOf } from "./commands";

/** The scripts of package.json. */
export const scripts = (
  JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  }
).scripts;

/** How a process ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The script and its arguments of `npm start`, `npm test` and `npm run …`; undefined for another npm command. */
export function scriptOf(words: readonly string[]): { name: string; args: string[] } | undefined {
  const end = words.indexOf("--");
  const [own, args] = end < 0 ? [words, []] : [words.slice(0, end), words.slice(end + 1)];
  const names = own.slice(1).filter((word) => !["-s", "--silent"].includes(word));
  const name = names[0] === "run" ? names[1] : names[0];
  const runs = names[0] === "run" || ["start", "test"].includes(names[0]);
  return runs && name !== undefined ? { name, args: [...args] } : undefined;
}

/** Runs a script as npm would, loading `preload` first. */
export function runScript(name: string, args: readonly string[], preload?: string): Promise<Ended> {
  const [program, ...own] = wordsOf(scripts[name]);
  if (program !== "node") throw new Error(`npm run ${name} does not run node: ${scripts[name]}`);
  // The parser is patched before the program loads it.
  const before = preload === undefined ? [] : ["-r", preload];
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [...before, ...own, ...args],
      { cwd: root, timeout: 60_000 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : 255;
        resolve({ code, stdout, stderr });
      },
    );
    child.stdin?.end();
  });
}

/** What a script's own option parser has to say against these arguments; undefined for nothing. */
export async function complaint(
  name: string,
  args: readonly string[],
): Promise<string | undefined> {
  const preload = path.join(__dirname, "parse-only.cjs");
  const { code, stdout, stderr } = await runScript(name, args, preload);
  return code === 0 ? undefined : stderr.trim() || stdout.trim() || `exit code ${code}`;
}

/** Some at a time, in order of the items. */
export async function each<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < items.length; i = next++) results[i] = await work(items[i]);
  };
  await Promise.all([worker(), worker(), worker()]);
  return results;
}
