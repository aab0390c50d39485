import { spawnSync } from "node:child_process";

import { countCalls, interrupt, openSite, spreadOver } from "../test/engine/interrupts";
import type { Figure } from "./measure";

/**
 * Interrupts `pulumi up` of the SORACOM half by SIGINT and SIGTERM at calls of SORACOM's API, with Pulumi's engine,
 * and runs `destroy` after one half of them, `up` after the other. Prints a line for each, and counts lost items.
 *
 * @param moments - Number of interruptions with each signal, spread over the calls of an uninterrupted up.
 */
export async function interruptFigures(moments: number): Promise<Figure[]> {
  if (spawnSync("pulumi", ["version"]).status !== 0) {
    process.stderr.write("No `pulumi` is on PATH: no up is interrupted.\n");
    return [];
  }
  const print = (line: string) => process.stderr.write(`${line}\n`);
  const place = await openSite();
  let lost = 0;
  let interrupted = 0;
  try {
    const calls = await countCalls(place);
    print("signal   call                               left: VPGs, peerings   then     result");
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      for (const [index, at] of spreadOver(calls, moments).entries()) {
        const next = index % 2 === 0 ? "destroy" : "up";
        const head = `${signal.padEnd(8)} ${String(at + 1).padStart(3)} of ${calls}`;
        interrupted++;
        try {
          const { operation, left } = await interrupt(place, { signal, at, next });
          const found = left.slice(0, 2).join(", ");
          const result = next === "up" ? "one of each, then nothing left" : "nothing left";
          print(`${head} ${operation.padEnd(28)} ${found.padEnd(20)} ${next.padEnd(8)} ${result}`);
        } catch (error) {
          lost++;
          print(`${head} ${next}: ${(error as Error).message}`);
          await place.stack.destroy();
        }
      }
    }
  } finally {
    await place.close();
  }
  const figure = (what: string, value: number, goal?: Figure["goal"]): Figure => ({
    ...{ what: `interrupts: ${what}`, unit: "", values: [value] },
    ...(goal && { goal }),
  });
  return [
    figure("signals to an up", interrupted),
    figure("that left something behind", lost, { atMost: 0 }),
  ];
}
