import { spawnSync } from "node:child_process";

import { Figure, runNode } from "./measure";

interface Life {
  readonly preview: number;
  readonly warmPreview: number;
  readonly up: number;
  readonly destroy: number;
  readonly toFirstResource: number;
  readonly chain: number;
  readonly span: number;
  readonly peakMiB: number;
}

/** The dev stack with Pulumi's engine and the twin's providers: how long it takes, and where the time goes. */
export async function engineFigures(runs: number): Promise<Figure[]> {
  if (spawnSync("pulumi", ["version"]).status !== 0) {
    process.stderr.write("No `pulumi` is on PATH: the engine is not measured.\n");
    return [];
  }
  const lives = async (...args: string[]): Promise<Life[]> => {
    const done: Life[] = [];
    for (let run = 0; run < runs; run++) {
      const { stdout } = await runNode(["bench/engine-once.ts", ...args]);
      done.push(JSON.parse(stdout.trim().split("\n").pop()!) as Life);
    }
    return done;
  };
  const quick = await lives();
  const asAws = await lives("--as-aws");
  const seconds = (what: string, value: (life: Life) => number, atMost?: number): Figure => ({
    what,
    unit: "s",
    values: quick.map(value),
    ...(atMost === undefined ? {} : { goal: { atMost } }),
  });
  return [
    seconds("engine: first preview of dev", ({ preview }) => preview),
    seconds("engine: preview without changes", ({ warmPreview }) => warmPreview, 4),
    seconds("engine: up", ({ up }) => up),
    seconds("engine: up and destroy", ({ up, destroy }) => up + destroy, 20),
    seconds("engine: program start to first resource", (life) => life.toFirstResource, 1.2),
    {
      what: "engine, providers and commands: peak memory",
      unit: "MiB",
      values: quick.map(({ peakMiB }) => peakMiB),
    },
    {
      what: "engine, as slow as AWS at 1:60: up over its longest chain",
      unit: "",
      values: asAws.map(({ span, chain }) => span / chain),
      goal: { atMost: 1.1 },
    },
  ];
}
