import { PeeringResult, SimsResult, GroupResult, VpgResult } from "../../soracom/spec";
import { Call } from "../../fakes/soracom/api";
import { Snapshot } from "../../fakes/soracom/world";
import { Lab, specs, summary } from "./lab";

/** One command of a life, as Pulumi would run it, with what surrounds it. */
export interface Step {
  readonly phase: "create" | "update" | "destroy";
  readonly command: string;
  readonly spec: object;
  readonly previous?: object;
  /** SORACOM before it. */
  readonly before: Snapshot;
  /** The calls it made, in order. */
  readonly calls: readonly Call[];
  /** SORACOM after it, and what it printed. */
  readonly after: object;
  readonly result: object;
}

/**
 * Plays the whole life of a site once, undisturbed, and records every step: create, an update of
 * everything that can be updated, destroy. The world holds other people's things too.
 */
export async function rehearse(lab: Lab): Promise<Step[]> {
  const { world, calls } = lab.api;
  seed(lab);
  const steps: Step[] = [];
  const play = async <T extends object>(
    phase: Step["phase"],
    command: string,
    spec: object,
    previous?: object,
  ): Promise<T> => {
    const before = world.snapshot();
    calls.length = 0;
    const result = await lab.good<T>(command, spec, { previous });
    steps.push({
      ...{ phase, command, spec, previous, before, result },
      calls: [...calls],
      after: summary(world.snapshot()),
    });
    return result;
  };

  const vpg1 = await play<VpgResult>("create", "vpg ensure", specs.vpg);
  const peeringSpec = specs.peering(vpg1.vpgId);
  const peering1 = await play<PeeringResult>("create", "peering ensure", peeringSpec);
  const group1 = await play<GroupResult>("create", "group ensure", specs.group(vpg1.vpgId));
  const sims1 = await play<SimsResult>(
    "create",
    "sims attach",
    specs.sims(group1.groupId, ["moved", "offline"]),
  );

  const vpgSpec2 = { ...specs.vpg, name: "renamed", tags: { purpose: "cameras" } };
  const vpg2 = await play<VpgResult>("update", "vpg ensure", vpgSpec2, vpg1);
  const peeringSpec2 = { ...peeringSpec, destinationCidrBlock: "10.0.0.0/17" };
  const peering2 = await play<PeeringResult>("update", "peering ensure", peeringSpec2, peering1);
  const goneSpec = { ...peeringSpec2, gone: [peering2.peeringConnectionId] };
  const peering3 = await play<PeeringResult>("update", "peering ensure", goneSpec, peering2);
  const groupSpec2 = { ...specs.group(vpg1.vpgId), name: "renamed", dnsServers: ["10.0.0.2"] };
  const group2 = await play<GroupResult>("update", "group ensure", groupSpec2, group1);
  const simsSpec2 = specs.sims(group1.groupId, ["moved", "fresh"]);
  const sims2 = await play<SimsResult>("update", "sims attach", simsSpec2, sims1);

  // Put there by an operator in the console. Offline: see emptyGroup for the session of one that is not.
  world.addSim("guest", { groupId: group1.groupId, online: false });
  await play("destroy", "sims detach", simsSpec2, sims2);
  await play("destroy", "group remove", groupSpec2, group2);
  await play("destroy", "peering remove", goneSpec, peering3);
  await play("destroy", "vpg remove", vpgSpec2, vpg2);
  return steps;
}

/** Things of others, that no command may touch: a VPG, a group, and SIMs, one of them in that group. */
function seed({ api: { world } }: Lab): void {
  world.vpgs.set("other-vpg", {
    vpgId: "other-vpg",
    status: "running",
    type: 15,
    useInternetGateway: true,
    deviceSubnetCidrRange: "10.128.0.0/9",
    region: "ap-northeast-1",
    range: 99,
    tags: { name: "other", "canal-ftp-owner": "canal-ftp/prod/vpg" },
    peerings: { "pcx-0ff": { ...specs.peering("other-vpg"), peerVpcId: "vpc-0bbb" } },
    createdTime: 0,
    readsLeft: 0,
    hiddenReads: 0,
    statusAfterCreation: "running",
  });
  world.groups.set("other-group", {
    groupId: "other-group",
    tags: { name: "other", "canal-ftp-owner": "canal-ftp/prod/group" },
    configuration: { SoracomAir: { useVpg: true, vpgId: "other-vpg" } },
    createdTime: 0,
  });
  world.addSim("moved", { groupId: "other-group", sessionVpgId: "other-vpg" });
  world.addSim("offline", { online: false });
  world.addSim("fresh");
}
