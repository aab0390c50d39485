import { Figure, ProcessFigures, runNode, typescript } from "./measure";

/** Duration of an evaluation of the program, and of its tests. */
export async function programFigures(runs: number): Promise<Figure[]> {
  const evaluations: ProcessFigures[] = [];
  for (let run = 0; run < runs; run++)
    evaluations.push(await runNode([...typescript, "bench/evaluate-once.ts"]));
  const inside = evaluations.map(
    ({ stdout }) => (JSON.parse(stdout) as { seconds: number }).seconds,
  );

  const tests: ProcessFigures[] = [];
  const mocha = ["node_modules/mocha/bin/mocha.js", "--reporter", "dot"];
  const suites = ["test/stacks/**/*.test.ts", "test/components/**/*.test.ts"];
  for (let run = 0; run < runs; run++)
    tests.push(await runNode([...typescript, ...mocha, ...suites]));

  return [
    {
      what: "evaluate dev: process start to last resource",
      unit: "s",
      values: inside,
      goal: { atMost: 2 },
    },
    { what: "evaluate dev: peak memory", unit: "MiB", values: evaluations.map((e) => e.peakMiB) },
    {
      what: "program-level tests: wall",
      unit: "s",
      values: tests.map((t) => t.wallSeconds),
      goal: { atMost: 8 },
    },
    {
      what: "program-level tests: peak memory",
      unit: "MiB",
      values: tests.map((t) => t.peakMiB),
      goal: { atMost: 400 },
    },
  ];
}
