import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import * as readline from "node:readline/promises";
import { text } from "node:stream/consumers";

import type { AwsApi } from "./aws";
import type { CliContext } from "./context";
import { processRunner } from "./run-program";

/**
 * The context of this process. SIGINT and SIGTERM abort `stop`; a second signal ends the process. When standard output
 * is closed, as by `| head -1`, the command stops as well and nothing more is written.
 */
export function processContext(): CliContext {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(1);
      stop.abort();
    });
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") stop.abort();
      // A full disk below a redirected output must not end a service.
      else if (stream === process.stdout) reportLostOutput(error);
    });
  }
  const root = findProject(process.cwd()) ?? path.join(__dirname, "..", "..");
  return {
    root,
    env: process.env,
    out: (text) => void process.stdout.write(text),
    error: (text) => void process.stderr.write(text),
    errorIsTerminal: process.stderr.isTTY === true,
    input: () => text(process.stdin),
    ask: (question) => ask(question, stop.signal),
    stop: stop.signal,
    runProgram: processRunner(root, process.env),
    aws: (target) => {
      // Loaded on first use: most commands do not call AWS.
      let loaded: AwsApi | undefined;
      const load = async () => (loaded = (await import("./aws-sdk")).sdkApi(target, stop.signal));
      let api: Promise<AwsApi> | undefined;
      return {
        call: async (...args) => (await (api ??= load())).call(...args),
        clockSkew: (service) => loaded?.clockSkew?.(service),
      };
    },
    now: () => Math.floor(Date.now() / 1000),
  };
}

async function ask(question: string, signal: AbortSignal): Promise<string> {
  const lines = readline.createInterface({ input: process.stdin, output: process.stderr });
  try {
    // The end of the input without a line is an empty answer.
    const ended = once(lines, "close").then(() => "");
    return await Promise.race([lines.question(question, { signal }), ended]);
  } finally {
    lines.close();
  }
}

let isLostOutputReported = false;

function reportLostOutput({ message }: Error): void {
  if (isLostOutputReported) return;
  isLostOutputReported = true;
  process.stderr.write(`Standard output cannot be written: ${message}\n`);
}

/**
 * The project of a folder: the nearest folder upwards with a Pulumi.yaml and `stacks/`, which a project inside the
 * project does not have; else the nearest one with a Pulumi.yaml; undefined without one.
 */
export function findProject(folder: string): string | undefined {
  const projects = ancestors(folder).filter((each) =>
    fs.existsSync(path.join(each, "Pulumi.yaml")),
  );
  return projects.find((each) => fs.existsSync(path.join(each, "stacks"))) ?? projects[0];
}

function ancestors(folder: string): string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}
