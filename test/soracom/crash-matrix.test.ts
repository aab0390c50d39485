import assert from "node:assert/strict";
import { RunCli } from "../../soracom/run-cli";
import { PeeringSpec } from "../../soracom/spec";
import { ApiOptions } from "../../fakes/soracom/api";
import { Lab, never, printed, spread, summary, until } from "./lab";
import { Step, rehearse } from "./rehearsal";

interface Case {
  readonly step: Step;
  /** The rest of the phase, which runs after the interrupted command was run again. */
  readonly rest: readonly Step[];
  /** Killed at this call, from 0. */
  readonly at: number;
  readonly moment: "before" | "after";
}

/** What SORACOM leaves open, both ways. */
const behaviours: readonly ApiOptions[] = [
  { peeringValues: "opaque", keepTerminated: true },
  { peeringValues: "request", keepTerminated: false, pageSize: 1 },
];

describe("the driver killed before and after every API call, then run again", function () {
  this.timeout(300_000);
  for (const behaviour of behaviours) {
    it(`ends with one of each, or none (${JSON.stringify(behaviour)})`, async () => {
      const options = { ...behaviour, checkReplies: false };
      const labs = await Promise.all([Lab.open(options), Lab.open(options)]);
      try {
        const steps = await rehearse(labs[0]);
        const cases = steps.flatMap((step) => casesOf(step, steps));
        await spread(cases, labs, play);
        console.log(
          `      ${cases.length} cases over ${steps.length} commands, ${cases.length / 2} API calls`,
        );
        assert.ok(cases.length >= 100, `only ${cases.length} cases: was the rehearsal recorded?`);
      } finally {
        await Promise.all(labs.map((lab) => lab.close()));
      }
    });
  }
});

function casesOf(step: Step, steps: readonly Step[]): Case[] {
  const later = steps.slice(steps.indexOf(step) + 1);
  // Only what does not name ids the interrupted command would have printed can be replayed as it was.
  const rest = step.phase === "create" ? [] : later.filter(({ phase }) => phase === step.phase);
  return step.calls.flatMap((_, at) =>
    (["before", "after"] as const).map((moment) => ({ step, rest, at, moment })),
  );
}

async function play({ step, rest, at, moment }: Case, lab: Lab): Promise<void> {
  const { api } = lab;
  api.world.restore(step.before);
  await killed(lab, step, at, moment);
  const title = `${step.phase}: ${step.command} killed ${moment} call ${at + 1} (${step.calls[at].operationId})`;

  const again = await lab.run(step.command, step.spec, { previous: step.previous });
  assert.equal(again.error, undefined, `${title}: ${again.error?.message}`);
  assert.deepEqual(summary(api.world.snapshot()), step.after, title);
  assert.equal(printed(again.result), printed(step.result), title);
  for (const id of (step.spec as Partial<PeeringSpec>).gone ?? []) {
    assert.ok(!JSON.stringify(api.world.snapshot().vpgs).includes(`"${id}"`), `${title}: ${id}`);
  }
  for (const later of rest) {
    const run = await lab.run(later.command, later.spec, { previous: later.previous });
    assert.equal(run.error, undefined, `${title}, then ${later.command}: ${run.error?.message}`);
  }
  assert.deepEqual(summary(api.world.snapshot()), rest.at(-1)?.after ?? step.after, title);
}

/** Runs the command up to the call and leaves it there, as a killed process leaves things. */
async function killed(lab: Lab, step: Step, at: number, moment: Case["moment"]): Promise<void> {
  let dead = false;
  let calls = 0;
  const died = new Promise<void>((resolve) => {
    lab.api.watch((_, when) => {
      if (dead || when !== moment || calls++ !== at) return undefined;
      dead = true;
      resolve();
      return when === "before" ? never : undefined;
    });
  });
  let underWay = 0;
  const mortal =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (dead) return never;
      underWay++;
      const result = await call(...args);
      underWay--;
      return dead ? never : result;
    };
  const { previous } = step;
  const options = { previous, wrap: (runCli: RunCli) => mortal(runCli), wrapFetch: mortal };
  const finished = lab.run(step.command, step.spec, options);
  const first = await Promise.race([died, finished.then(() => "finished")]);
  assert.equal(first, undefined, `${step.command} ended before it could be killed`);
  // SORACOM finishes calls for other SIMs that were under way.
  await until(() => underWay === (moment === "before" ? 1 : 0));
  lab.api.watch(undefined);
}
