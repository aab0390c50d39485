import * as fs from "node:fs";
import * as path from "node:path";

import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";

import { pollSeconds } from "../../soracom/run-control";
import { Workplace } from "../../test/engine/workplace";
import { longestChain, Timing } from "../longest-chain";
import { watchMemory } from "./memory";

/** Seconds of an operation, one part after the other. */
interface Parts {
  /** The engine, its language host and the providers of the stack's program so far. */
  readonly toProgram: number;
  /** From the start of the program's process to the first resource that the engine receives after the stack itself. */
  readonly toFirstResource: number;
  /** To the last resource; the engine starts providers in the meantime. */
  readonly resources: number;
  /** To the end of the command. */
  readonly toEnd: number;
}

/** Creates, previews and destroys the dev stack as the CLI does, with the program in its own process. Prints JSON. */
async function main(): Promise<void> {
  // AWS and SORACOM with a sixtieth of their durations: 150 s for a server are 2.5 s, 180 s for a VPG 3 s. The
  // intervals between reads of SORACOM, each of which is a process, are reduced in the same ratio.
  const asAws = process.argv[2] === "--as-aws";
  const asSlow = { TWIN_TIME: String(1 / 60), CANAL_FTP_POLL_SECONDS: String(pollSeconds / 60) };
  const place = await Workplace.open("dev", asAws ? { creatingMs: 3000, env: asSlow } : {});
  const startedFile = path.join(place.folder, "program-started");
  try {
    const stack = await place.asTyped({ TWIN_PROGRAM_STARTED: startedFile });
    const memory = watchMemory();
    const first = await previewed(stack, startedFile);
    const timings = new Map<string, Timing>();
    const up = await timed(() => stack.up({ onEvent: (event) => note(timings, event) }));
    const warm = await previewed(stack, startedFile);
    const { deployment } = await stack.exportStack();
    const chain = longestChain(timings, deployment.resources);
    const destroy = await timed(() => stack.destroy());
    console.log(
      JSON.stringify({
        first,
        up,
        warm,
        destroy,
        chain: chain.seconds,
        span: chain.span,
        peakMiB: await memory.peak(),
      }),
    );
  } finally {
    await place.close();
  }
}

/** A preview, with the durations of its parts. */
async function previewed(stack: Stack, startedFile: string): Promise<Parts> {
  const seen: number[] = [];
  const start = Date.now();
  await stack.preview({
    onEvent: ({ resourcePreEvent }) => {
      // The stack and the providers are Pulumi's own.
      if (resourcePreEvent && !resourcePreEvent.metadata.type.startsWith("pulumi:")) {
        seen.push(Date.now());
      }
    },
  });
  const end = Date.now();
  const program = Number(fs.readFileSync(startedFile, "utf8"));
  const [first, last] = [seen[0], seen[seen.length - 1]];
  const [toProgram, toFirstResource, resources, toEnd] = [
    program - start,
    first - program,
    last - first,
    end - last,
  ].map((ms) => ms / 1000);
  return { toProgram, toFirstResource, resources, toEnd };
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return (performance.now() - start) / 1000;
}

/** Start and end of each resource of a provider. */
function note(timings: Map<string, Timing>, event: EngineEvent): void {
  const now = performance.now();
  const { resourcePreEvent: before, resOutputsEvent: after } = event;
  if (before?.metadata.op === "create") timings.set(before.metadata.urn, { start: now, end: now });
  const timing = after && timings.get(after.metadata.urn);
  if (timing) timing.end = now;
}

void main();
