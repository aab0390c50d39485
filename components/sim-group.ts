import * as pulumi from "@pulumi/pulumi";

import { field, soracomCommand, soracomSettings } from "./internal/soracom-command";
import type { VirtualPrivateGateway } from "./vpg";

/** The VPG the group leads into, its SIMs and their resolvers. */
export interface SimGroupArgs {
  /** The gateway the group's SIMs connect through. */
  vpg: VirtualPrivateGateway;
  /** Resolvers the devices get, as addresses. Default, and for an empty list: SORACOM's own. */
  dnsServers?: string[] | pulumi.Output<string[]>;
  /** SIMs to put into the group. Default none: put them in by `canal-ftp sims` or SORACOM's console. */
  simIds?: string[];
  /** Tags of the group, in addition to its name and owner. */
  tags?: Record<string, string>;
}

/**
 * A SORACOM group whose SIMs go through the VPG, and the SIMs that belong to it.
 *
 * A SIM is in one group at a time: the group it was in is remembered and given back when the SIM leaves. The
 * session of a SIM is reset when it joins or leaves, since the group counts from the next session on.
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
        // A session takes its resolvers from the group when it begins.
        { parent: this, dependsOn: settings },
      );
    }

    this.registerOutputs({ groupId: this.groupId });
  }
}

/** The driver takes a list with something in it, or none. */
function resolvers(given: SimGroupArgs["dnsServers"]): Record<string, unknown> {
  const none = given === undefined || (Array.isArray(given) && given.length === 0);
  return none ? {} : { dnsServers: given };
}
