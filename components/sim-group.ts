import * as pulumi from "@pulumi/pulumi";

import { field, soracomCommand, soracomSettings } from "./internal/soracom-command";
import type { VirtualPrivateGateway } from "./vpg";

/** The VPG of the group, its SIMs and their resolvers. */
export interface SimGroupArgs {
  /** The gateway of the group's SIMs. */
  vpg: VirtualPrivateGateway;
  /** Addresses of the devices' resolvers. Default, also for an empty list: SORACOM's own. */
  dnsServers?: string[] | pulumi.Output<string[]>;
  /** SIMs to add to the group. Default none: add them with `canal-ftp sims` or in SORACOM's console. */
  simIds?: string[];
  /** Tags of the group, in addition to its name and owner. */
  tags?: Record<string, string>;
}

/**
 * A SORACOM group whose SIMs connect through the VPG, and its SIMs.
 *
 * A SIM is in one group at a time: its previous group is recorded, and the SIM returns to it when it leaves this one.
 * The session of a SIM is reset when it joins or leaves, because a change of group takes effect with the next
 * session.
 *
 * @example new SimGroup("site-sims", { vpg, simIds: ["8981100000000000000"] })
 */
export class SimGroup extends pulumi.ComponentResource {
  readonly groupId: pulumi.Output<string>;

  constructor(name: string, args: SimGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("canal-ftp:index:SimGroup", name, {}, opts);
    const { coverage, vpgId } = args.vpg;

    const spec = {
      coverage,
      vpgId,
      owner: pulumi.interpolate`${args.vpg.owner}/${name}`,
      name,
    };
    const child = { parent: this };
    // The VPG cannot be terminated while a group uses it, so the group and its SIMs are removed before it.
    const triggers = [coverage, args.vpg.commandUrn];
    const group = soracomCommand(`${name}-group`, "group", spec, triggers, child);
    const settings = soracomSettings(
      `${name}-settings`,
      "group",
      { ...spec, ...resolvers(args.dnsServers), tags: args.tags ?? {} },
      group,
      child,
    );
    this.groupId = field(group, "groupId");

    if (args.simIds?.length) {
      soracomCommand(
        `${name}-members`,
        "sims",
        { coverage, groupId: this.groupId, simIds: args.simIds },
        [group.urn],
        // A session gets the group's resolvers when it begins.
        { parent: this, dependsOn: settings },
      );
    }

    this.registerOutputs({ groupId: this.groupId });
  }
}

/** Undefined for an empty list, which the driver does not accept. */
function resolvers(given: SimGroupArgs["dnsServers"]): Record<string, unknown> {
  const none = given === undefined || (Array.isArray(given) && given.length === 0);
  return none ? {} : { dnsServers: given };
}
