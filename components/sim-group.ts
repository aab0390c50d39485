import * as pulumi from "@pulumi/pulumi";

import { fieldsOf } from "./internal/fields-of";
import { field, soracomCommand, soracomSettings } from "./internal/soracom-command";
import { type InputTags } from "./internal/tags";
import { type VpgConnection, vpgFields } from "./vpg";

/** The VPG of the group, its SIMs and their resolvers. */
export interface SimGroupArgs {
  /** The gateway of the group's SIMs: its output `connection`. */
  vpg: pulumi.Input<VpgConnection>;
  /** Addresses of the devices' resolvers. Default, also for an empty list: SORACOM's own. */
  dnsServers?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * SIMs to add to the group, 1,000 at most. Default none: add them with `canal-ftp sims`, which takes any number, or in
   * SORACOM's console.
   */
  simIds?: pulumi.Input<string>[];
  /**
   * An existing group to use instead of creating one, so that its SIMs keep their settings of Beam, Funnel, Harvest and
   * Air. Only its VPG setting is changed, and a tag notes the former one, which is restored on deletion.
   */
  groupId?: string;
  /** Tags of the group, in addition to its name and owner. */
  tags?: InputTags;
}

/**
 * The most SIMs of one group here. The Command passes their record to its next run in one environment variable, which
 * Linux limits to 128 KiB and Windows to 32 KiB.
 */
export const maxSims = 1000;

/**
 * A SORACOM group whose SIMs connect through the VPG, and its SIMs.
 *
 * A SIM is in one group at a time, and has the settings of that group only: one that joins loses those of Beam, Funnel,
 * Harvest and Air that its previous group has. That group is recorded, and the SIM returns to it when it leaves this one.
 * The session of a SIM is reset when it joins or leaves, because a change of group takes effect with the next
 * session.
 *
 * @example new SimGroup("site-sims", { vpg: vpg.connection, simIds: ["8981100000000000000"] })
 */
export class SimGroup extends pulumi.ComponentResource {
  /** Id of the group. */
  readonly groupId: pulumi.Output<string>;

  constructor(name: string, args: SimGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    const vpg = fieldsOf(args.vpg, vpgFields);
    super("canal-ftp:index:SimGroup", name, { ...args, vpg }, opts);
    const { coverage, vpgId } = vpg;
    const { groupId, simIds = [] } = args;
    if (simIds.length > maxSims) {
      throw new Error(
        `SimGroup ${name}: simIds has ${simIds.length} SIMs, at most ${maxSims} are allowed. Attach the others by canal-ftp sims.`,
      );
    }
    if (groupId && !isNone(args.dnsServers)) {
      throw new Error(
        `SimGroup ${name}: dnsServers cannot be given with groupId ${groupId}. Set the resolvers in that group.`,
      );
    }

    const spec = {
      coverage,
      vpgId,
      owner: pulumi.interpolate`${vpg.owner}/${name}`,
      name,
      ...(groupId ? { groupId } : {}),
    };
    const child = { parent: this };
    // The VPG cannot be terminated while a group uses it, so the group and its SIMs are removed before it.
    const triggers = [coverage, vpg.commandUrn, ...(groupId ? [groupId] : [])];
    const group = soracomCommand(`${name}-group`, "group", spec, triggers, child);
    // A given group gets neither tags nor resolvers.
    const settings = groupId
      ? group
      : soracomSettings(
          `${name}-settings`,
          "group",
          { ...spec, dnsServers: resolvers(args.dnsServers), tags: args.tags ?? {} },
          group,
          child,
        );
    this.groupId = field(group, "groupId");

    if (simIds.length > 0) {
      soracomCommand(
        `${name}-members`,
        "sims",
        { coverage, groupId: this.groupId, simIds },
        [group.urn],
        // A session gets the group's resolvers when it begins.
        { parent: this, dependsOn: settings },
      );
    }

    this.registerOutputs({ groupId: this.groupId });
  }
}

/** Undefined for an empty list, which the driver does not accept. */
function resolvers(given: SimGroupArgs["dnsServers"] = []): pulumi.Output<string[] | undefined> {
  return pulumi.output(given).apply((list) => (list.length > 0 ? list : undefined));
}

/** An output counts as resolvers: its list is not known here. */
function isNone(given: SimGroupArgs["dnsServers"]): boolean {
  return given === undefined || (Array.isArray(given) && given.length === 0);
}
