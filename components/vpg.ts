import * as pulumi from "@pulumi/pulumi";

import { Coverage, field, soracomCommand, soracomSettings } from "./internal/soracom-command";

/** Addresses out of which SORACOM allots every VPG its range (SORACOM, "VPG IP address assignment"). */
export const vpgRange = "100.64.0.0/10";

/** Type-F: the VPG type that peers with a VPC and hides devices behind its own addresses. */
export const typeF = 15;

/** A VPG to make, or the id of one to use, and whose it is. */
export interface VirtualPrivateGatewayArgs {
  /** SORACOM coverage the SIMs belong to. A SIM can use a VPG of its own coverage only. */
  coverage: Coverage;
  /** Where the VPG is, as an AWS region name; Canal peers within it. */
  region: pulumi.Input<string>;
  /** The owner id under which the VPG is created and found again, from a `SoracomClaim`. */
  owner: pulumi.Input<string>;
  /**
   * An existing VPG to use instead of making one. It is checked and never terminated; all it gets is a tag that
   * remembers the peering made on it.
   */
  vpgId?: string;
  /** Addresses the devices get, inside the VPG. Default 10.128.0.0/9. The VPC never sees them. */
  deviceCidr?: string;
  /** Tags of the VPG, in addition to its name and owner. */
  tags?: Record<string, string>;
}

/**
 * A SORACOM Virtual Private Gateway (Type-F, internet gateway off: a closed network).
 *
 * It costs a set-up fee and an hourly fee from creation to termination, with no SIM in it as well. Type,
 * internet gateway, device range and region cannot be changed later: a new value terminates the VPG and makes
 * another, and every SIM has to reconnect.
 *
 * @example new VirtualPrivateGateway("site-vpg", { coverage: "jp", region: "ap-northeast-1", owner: claim.owner })
 */
export class VirtualPrivateGateway extends pulumi.ComponentResource {
  readonly coverage: Coverage;
  readonly vpgId: pulumi.Output<string>;
  /** The range its packets come from as the VPC sees them, for example 100.64.152.0/24. */
  readonly cidr: pulumi.Output<string>;
  /** The owner id given. */
  readonly owner: pulumi.Output<string>;
  /** For the triggers of what has to go before the VPG does: it is known in every preview. */
  readonly commandUrn: pulumi.Output<string>;

  constructor(
    name: string,
    args: VirtualPrivateGatewayArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("canal-ftp:index:VirtualPrivateGateway", name, {}, opts);

    this.coverage = args.coverage;
    this.owner = pulumi.output(args.owner);
    const settings = {
      coverage: args.coverage,
      region: args.region,
      type: typeF,
      useInternetGateway: false,
      deviceCidr: args.deviceCidr ?? "10.128.0.0/9",
      ...(args.vpgId ? { vpgId: args.vpgId } : {}),
    };
    const spec = { ...settings, owner: pulumi.interpolate`${args.owner}/${name}`, name };
    const child = { parent: this };
    const vpg = soracomCommand(`${name}-gateway`, "vpg", spec, Object.values(settings), child);
    // An existing VPG gets no tags.
    if (args.tags && !args.vpgId) {
      soracomSettings(`${name}-tags`, "vpg", { ...spec, tags: args.tags }, vpg, child);
    }

    this.commandUrn = vpg.urn;
    this.vpgId = field(vpg, "vpgId");
    // SORACOM's specification does not promise the range; without it the documented superset is right, only wider.
    this.cidr = field<string | null>(vpg, "vpgCidr").apply((cidr) => cidr ?? vpgRange);
    this.registerOutputs({ vpgId: this.vpgId, cidr: this.cidr });
  }
}
