import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

import * as pulumi from "@pulumi/pulumi";

import { soracomCommand } from "../../components/internal/soracom-command";
import { SimGroup } from "../../components/sim-group";
import { SoracomClaim } from "../../components/soracom-claim";
import { VirtualPrivateGateway } from "../../components/vpg";
import { Workplace } from "./workplace";

const simIds = ["8981100000000000001", "8981100000000000002"];

/** What the next run does after an interruption. */
export type Next = "destroy" | "up";

/** One interruption: the call of SORACOM's API at which the engine gets the signal, from 0. */
export interface Interruption {
  readonly signal: NodeJS.Signals;
  readonly at: number;
  readonly next: Next;
}

/** The SORACOM half of a site, without AWS: what bills without an owner if it is lost. */
export const soracomHalf = (simIds: string[]) => async (): Promise<void> => {
  const [coverage, region] = ["jp", "ap-northeast-1"] as const;
  const claim = new SoracomClaim("site-soracom", { coverage, prefix: "canal-ftp/dev" });
  const vpg = new VirtualPrivateGateway("site-vpg", { coverage, region, owner: claim.owner });
  const peering = soracomCommand(
    "site-canal-peering",
    "peering",
    {
      coverage,
      owner: pulumi.interpolate`${vpg.owner}/site-canal`,
      vpgId: vpg.vpgId,
      peerOwnerId: "123456789012",
      peerRegion: region,
      peerVpcId: "vpc-0aaa",
      destinationCidrBlock: "10.0.0.0/16",
    },
    [vpg.commandUrn],
    {},
  );
  new SimGroup("site-sims", { vpg, simIds }, { dependsOn: peering });
};

export function openSite(): Promise<Workplace> {
  return Workplace.open("dev", { program: soracomHalf(simIds) });
}

/** Engines that this process has started, by their parent: the Automation API does not return them. */
function engines(): number[] {
  const list = execFileSync("ps", ["-A", "-o", "pid=,ppid=,comm="], { encoding: "utf8" });
  return list
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, command]) => Number(parent) === process.pid && command === "pulumi")
    .map(([pid]) => Number(pid));
}

/** Numbers of what bills or is bound: live VPGs, peerings, groups, SIMs in a group, tagged SIMs. */
export function alive({ soracom }: Pick<Workplace, "soracom">): number[] {
  const { vpgs, groups, sims } = soracom.world.snapshot();
  const live = vpgs.filter(({ status }) => status !== "terminated");
  return [
    live.length,
    live.flatMap(({ peerings }) => Object.keys(peerings ?? {})).length,
    groups.length,
    sims.filter(({ groupId }) => groupId).length,
    sims.filter(({ tags }) => Object.keys(tags).length > 0).length,
  ];
}

function reset({ soracom }: Workplace): void {
  soracom.world.restore({ vpgs: [], groups: [], sims: [] });
  soracom.world.groups.set("theirs", {
    groupId: "theirs",
    tags: {},
    configuration: {},
    createdTime: 0,
  });
  for (const simId of simIds) soracom.world.addSim(simId, { groupId: "theirs" });
}

/** Only the others' group is left, with both SIMs back in it. */
const nothing = [0, 0, 1, 2, 0];
const oneOfEach = [1, 1, 2, 2, 2];

/** Plays an up without an interruption, and its destroy. Resolves with the number of calls the up makes. */
export async function countCalls(place: Workplace): Promise<number> {
  reset(place);
  place.soracom.calls.length = 0;
  await place.stack.up();
  const calls = place.soracom.calls.length;
  assert.deepEqual(alive(place), oneOfEach);
  await place.stack.destroy();
  assert.deepEqual(alive(place), nothing);
  return calls;
}

/**
 * Interrupts an up at a call, runs what comes next, and checks that nothing is lost. Resolves with the operation at
 * which it was interrupted, and with what was there after it.
 */
export async function interrupt(
  place: Workplace,
  { signal, at, next }: Interruption,
): Promise<{ operation: string; left: number[] }> {
  reset(place);
  let calls = 0;
  let operation = "";
  place.soracom.watch((call, moment) => {
    if (moment !== "before" || calls++ !== at) return;
    operation = call.operationId;
    for (const pid of engines()) process.kill(pid, signal);
  });
  await place.stack.up().catch(() => undefined);
  place.soracom.watch(undefined);
  assert.notEqual(operation, "", `the up made fewer than ${at + 1} calls`);
  const left = alive(place);
  if (next === "up") {
    await place.stack.up();
    assert.deepEqual(alive(place), oneOfEach, `${signal} at ${operation} (${at}), then up`);
  }
  await place.stack.destroy();
  assert.deepEqual(alive(place), nothing, `${signal} at ${operation} (${at}), then ${next}`);
  return { operation, left };
}

/** Numbers from 0 to below `count`, evenly spread. */
export function spreadOver(count: number, moments: number): number[] {
  return Array.from({ length: moments }, (_, index) => Math.floor((index * count) / moments));
}
