import { execFileSync } from "node:child_process";

import type { EngineEvent } from "@pulumi/pulumi/automation";

import { Workplace } from "../test/engine/workplace";
import { longestChain, Timing } from "./longest-chain";

/** One life of the dev stack, as `{preview, up, …}` in seconds and MiB; printed as JSON. */
async function main(): Promise<void> {
  // AWS and SORACOM at a sixtieth of the time they take: 150 s for a server are 2.5 s, 180 s for a VPG 3 s.
  const asAws = process.argv[2] === "--as-aws";
  const place = await Workplace.open(
    "dev",
    asAws ? { creatingMs: 3000, env: { TWIN_TIME: String(1 / 60) } } : {},
  );
  let peakMiB = 0;
  const sampler = setInterval(() => (peakMiB = Math.max(peakMiB, treeMiB())), 250);
  try {
    const programStarted: number[] = [];
    place.onProgram = () => programStarted.push(performance.now());
    const previewed = new Map<string, Timing>();
    const first = await timed(() =>
      place.stack.preview({ onEvent: (event) => note(previewed, event) }),
    );
    const firstResource = [...previewed].find(([urn]) => isOfProvider(urn))?.[1].start ?? NaN;

    const timings = new Map<string, Timing>();
    const up = await timed(() => place.stack.up({ onEvent: (event) => note(timings, event) }));
    const warm = await timed(() => place.stack.preview());
    const { deployment } = await place.stack.exportStack();
    const chain = longestChain(timings, deployment.resources);
    const destroy = await timed(() => place.stack.destroy());
    console.log(
      JSON.stringify({
        preview: first,
        warmPreview: warm,
        up,
        destroy,
        toFirstResource: (firstResource - programStarted[0]) / 1000,
        chain: chain.seconds,
        span: chain.span,
        peakMiB,
      }),
    );
  } finally {
    clearInterval(sampler);
    await place.close();
  }
}

/** A resource that a provider makes, not a component or a provider itself. */
const isOfProvider = (urn: string) => /(aws|command):\w+\/?\w*:\w+::[^:]+$/.test(urn);

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return (performance.now() - start) / 1000;
}

/** When each resource of a provider was begun and was done. */
function note(timings: Map<string, Timing>, event: EngineEvent): void {
  const now = performance.now();
  const { resourcePreEvent: before, resOutputsEvent: after } = event;
  if (before?.metadata.op === "create") timings.set(before.metadata.urn, { start: now, end: now });
  const timing = after && timings.get(after.metadata.urn);
  if (timing) timing.end = now;
}

/** Resident memory of the engine, its providers and the commands they run, in MiB. */
function treeMiB(): number {
  const list = execFileSync("ps", ["-A", "-o", "pid=,ppid=,rss="], { encoding: "utf8" });
  const processes = list
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const family = new Set([process.pid]);
  let kilobytes = 0;
  // Children come after their parents in the list but for a wrap of the numbers: one more pass finds those.
  for (let pass = 0; pass < 2; pass++) {
    for (const [pid, parent, rss] of processes) {
      if (!family.has(parent) || family.has(pid)) continue;
      family.add(pid);
      kilobytes += rss;
    }
  }
  return kilobytes / 1024;
}

void main();
