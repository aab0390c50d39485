import * as pulumi from "@pulumi/pulumi";

import { checkedCoverage } from "./internal/coverage";
import { field, soracomCommand, soracomSettings } from "./internal/soracom-command";
import { type InputTags } from "./internal/tags";

/** The block from which SORACOM allots each VPG its range (SORACOM, "VPG IP address assignment"). */
export const vpgRange = "100.64.0.0/10";

/** Type-F: the VPG type that peers with a VPC and hides devices behind its own addresses. */
export const typeF = 15;

/** A VPG to create, or the id of an existing one, and its owner. */
export interface VirtualPrivateGatewayArgs {
  /** SORACOM coverage of the SIMs: `jp` (Japan) or `g` (Global). A SIM can only use a VPG of its own coverage. */
  coverage: pulumi.Input<string>;
  /** AWS region of the VPG; Canal peers within it. */
  region: pulumi.Input<string>;
  /** The owner id that identifies the VPG, from a `SoracomClaim`. */
  owner: pulumi.Input<string>;
  /**
   * An existing VPG to use instead of creating one. It is checked and never terminated; the only change is a tag that
   * records the stack's peering.
   */
  vpgId?: pulumi.Input<string>;
  /** Block of the devices' addresses inside the VPG. Default 10.128.0.0/9. The VPC never receives packets from it. */
  deviceCidr?: pulumi.Input<string>;
  /** Tags of the VPG, in addition to its name and owner. */
  tags?: InputTags;
}

/** What a peering and a SIM group need of their gateway. A `VirtualPrivateGateway` has these fields as well. */
export interface VpgConnection {
  /** SORACOM coverage of the VPG. */
  readonly coverage: pulumi.Input<string>;
  /** Id of the VPG. */
  readonly vpgId: pulumi.Input<string>;
  /** The source range of its packets in the VPC. */
  readonly cidr: pulumi.Input<string>;
  /** The owner id that identifies the VPG. */
  readonly owner: pulumi.Input<string>;
  /** For triggers of resources that have to be removed before the VPG. */
  readonly commandUrn: pulumi.Input<string>;
}

/** The fields of a connection. */
export const vpgFields = ["coverage", "vpgId", "cidr", "owner", "commandUrn"] as const;

/**
 * A SORACOM Virtual Private Gateway (Type-F, internet gateway off: a closed network).
 *
 * SORACOM bills a set-up fee, and an hourly fee from creation to termination, also without SIMs. Type, internet
 * gateway, device range and region cannot be changed later: a new value terminates the VPG and creates another, and
 * every SIM has to reconnect.
 *
 * @example new VirtualPrivateGateway("site-vpg", { coverage: "jp", region: "ap-northeast-1", owner: claim.owner })
 */
export class VirtualPrivateGateway extends pulumi.ComponentResource {
  /** SORACOM coverage of the VPG. */
  readonly coverage: pulumi.Output<string>;
  /** Id of the VPG. */
  readonly vpgId: pulumi.Output<string>;
  /** The source range of its packets in the VPC, for example 100.64.152.0/24. */
  readonly cidr: pulumi.Output<string>;
  /** The given owner id. */
  readonly owner: pulumi.Output<string>;
  /** For triggers of resources that have to be removed before the VPG; known in every preview. */
  readonly commandUrn: pulumi.Output<string>;
  /** The fields above together: pass it to `Canal` and `SimGroup`. */
  readonly connection: VpgConnection;

  constructor(
    name: string,
    args: VirtualPrivateGatewayArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("canal-ftp:index:VirtualPrivateGateway", name, args, opts);

    this.coverage = checkedCoverage(name, args.coverage);
    this.owner = pulumi.output(args.owner);
    const settings = {
      coverage: this.coverage,
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
    // SORACOM's specification does not guarantee this field; without it, the documented block contains the range.
    this.cidr = field<string | null>(vpg, "vpgCidr").apply((cidr) => cidr ?? vpgRange);
    const { coverage, vpgId, cidr, owner, commandUrn } = this;
    this.connection = { coverage, vpgId, cidr, owner, commandUrn };
    this.registerOutputs({ ...this.connection, connection: this.connection });
  }
}
