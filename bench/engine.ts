import { spawnSync } from "node:child_process";

import { Figure, runNode, typescript } from "./measure";

/** Seconds of a preview, one part after the other (engine/once.ts). */
interface Parts {
  readonly toProgram: number;
  readonly toFirstResource: number;
  readonly resources: number;
  readonly toEnd: number;
}

interface EngineRun {
  readonly first: Parts;
  readonly up: number;
  readonly warm: Parts;
  readonly destroy: number;
  readonly chain: number;
  readonly span: number;
  readonly peakMiB: number;
}

const total = (parts: Parts) =>
  parts.toProgram + parts.toFirstResource + parts.resources + parts.toEnd;

/** The dev stack with Pulumi's engine and the twin's providers: the duration of each operation and of its parts. */
export async function engineFigures(runs: number): Promise<Figure[]> {
  if (spawnSync("pulumi", ["version"]).status !== 0) {
    process.stderr.write("No `pulumi` is on PATH: the engine is not measured.\n");
    return [];
  }
  const lives = async (...args: string[]): Promise<EngineRun[]> => {
    const done: EngineRun[] = [];
    for (let run = 0; run < runs; run++) {
      const { stdout } = await runNode([...typescript, "bench/engine/once.ts", ...args]);
      done.push(JSON.parse(stdout.trim().split("\n").pop()!) as EngineRun);
    }
    return done;
  };
  const quick = await lives();
  const asAws = await lives("--as-aws");
  const seconds = (what: string, value: (life: EngineRun) => number, atMost?: number): Figure => ({
    what: `engine: ${what}`,
    unit: "s",
    values: quick.map(value),
    ...(atMost === undefined ? {} : { goal: { atMost } }),
  });
  return [
    seconds("first preview of dev", ({ first }) => total(first)),
    seconds("preview without changes", ({ warm }) => total(warm), 4),
    seconds("of which until the program starts", ({ warm }) => warm.toProgram),
    seconds("of which program start to first resource", ({ warm }) => warm.toFirstResource, 1.2),
    seconds("of which first resource to last", ({ warm }) => warm.resources),
    seconds("of which the rest", ({ warm }) => warm.toEnd),
    seconds("up", ({ up }) => up),
    seconds("up and destroy", ({ up, destroy }) => up + destroy, 20),
    {
      what: "engine, program, providers and commands: peak memory",
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
