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
  /** SIMs to add to the group. Default none: add them with `canal-ftp sims` or in SORACOM's console. */
  simIds?: pulumi.Input<string>[];
  /** Tags of the group, in addition to its name and owner. */
  tags?: InputTags;
}

/**
 * A SORACOM group whose SIMs connect through the VPG, and its SIMs.
 *
 * A SIM is in one group at a time: its previous group is recorded, and the SIM returns to it when it leaves this one.
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

    const spec = {
      coverage,
      vpgId,
      owner: pulumi.interpolate`${vpg.owner}/${name}`,
      name,
    };
    const child = { parent: this };
    // The VPG cannot be terminated while a group uses it, so the group and its SIMs are removed before it.
    const triggers = [coverage, vpg.commandUrn];
    const group = soracomCommand(`${name}-group`, "group", spec, triggers, child);
    const settings = soracomSettings(
      `${name}-settings`,
      "group",
      { ...spec, dnsServers: resolvers(args.dnsServers), tags: args.tags ?? {} },
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
function resolvers(given: SimGroupArgs["dnsServers"] = []): pulumi.Output<string[] | undefined> {
  return pulumi.output(given).apply((list) => (list.length > 0 ? list : undefined));
}
