/**
 * The input of each command (CANAL_FTP_SPEC, one JSON object) and its output (one line of JSON).
 * components/canal.ts writes the first and reads the second.
 */

import type { Existing } from "./permissions";
import type { Coverage } from "../lib/soracom-regions";

export type { Coverage };

/** `claim ensure|remove`: the first Command of a stack. */
export interface ClaimSpec {
  readonly coverage: Coverage;
  /** Prefix of the owner id, for example `canal-ftp/dev`. */
  readonly prefix: string;
  /** An owner id to take over, with everything that carries it. Default: a new one. */
  readonly owner?: string;
  /** What exists before the stack: the key needs no permission to create it. */
  readonly existing?: readonly Existing[];
}

/** Printed by `claim ensure`. */
export interface ClaimResult {
  /** For example `canal-ftp/dev/k3j9x2ab4m`. */
  readonly owner: string;
  /** Every coverage the stack has had: the delete removes what the owner has in each. */
  readonly coverages: readonly Coverage[];
}

/** `vpg ensure|remove`. */
export interface VpgSpec {
  readonly coverage: Coverage;
  /** The claim's owner id and a name: the value of the tag that identifies the VPG. */
  readonly owner: string;
  /** Display name (tag `name`). Changed in place. */
  readonly name: string;
  /** AWS region of the VPG. Fixed at creation. */
  readonly region: string;
  /** 14 is Type-E, 15 Type-F (the one Canal peering needs), 242 Type-F2. Fixed at creation. */
  readonly type: number;
  /** Fixed at creation. */
  readonly useInternetGateway: boolean;
  /** Range of the devices' own addresses. Fixed at creation. */
  readonly deviceCidr: string;
  /** More tags. Changed in place. */
  readonly tags?: Readonly<Record<string, string>>;
  /** An existing VPG to use instead: it is checked, and never created, changed or terminated. */
  readonly vpgId?: string;
}

/** Printed by `vpg ensure`. Values are SORACOM's own where it returns them. */
export interface VpgResult {
  readonly vpgId: string;
  /** The VPG's part of 100.64.0.0/10, the source of packets as the VPC receives them; null while SORACOM does not return it. */
  readonly vpgCidr: string | null;
  readonly status: string;
  readonly region: string;
  readonly type: number;
  readonly useInternetGateway: boolean;
  readonly deviceCidr: string;
  /** Whether it existed before this stack. */
  readonly adopted: boolean;
  /** Names of the tags that were set, so that one removed from the spec is removed. */
  readonly tagNames: readonly string[];
}

/** `peering ensure|remove`. The peering has no update: a changed field deletes it and creates another. */
export interface PeeringSpec {
  readonly coverage: Coverage;
  /** As in VpgSpec; in the journal of the peering. */
  readonly owner: string;
  readonly vpgId: string;
  /** AWS account of the VPC: 12 digits. */
  readonly peerOwnerId: string;
  readonly peerRegion: string;
  readonly peerVpcId: string;
  /** The VPC's CIDR block, which devices can reach. */
  readonly destinationCidrBlock: string;
  /** Peerings that AWS no longer has (deleted, rejected, expired): the stack's own is created again. */
  readonly gone?: readonly string[];
}

/** Printed by `peering ensure`. */
export interface PeeringResult {
  readonly vpgId: string;
  /** The `pcx-…` id the AWS side accepts. */
  readonly peeringConnectionId: string;
  readonly peerOwnerId: string;
  readonly peerRegion: string;
  readonly peerVpcId: string;
  readonly destinationCidrBlock: string;
}

/** `group ensure|remove`. */
export interface GroupSpec {
  readonly coverage: Coverage;
  /** As in VpgSpec. */
  readonly owner: string;
  readonly name: string;
  readonly vpgId: string;
  /** Resolvers of the devices. Default: SORACOM's own. */
  readonly dnsServers?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  /** An existing group to use instead: only its VPG setting is changed, and restored by `remove`. */
  readonly groupId?: string;
}

/** Printed by `group ensure`. */
export interface GroupResult {
  readonly groupId: string;
  readonly vpgId: string;
  /** Whether it existed before this stack. */
  readonly adopted: boolean;
  readonly tagNames: readonly string[];
}

/** `sims attach|detach`. */
export interface SimsSpec {
  readonly coverage: Coverage;
  readonly groupId: string;
  readonly simIds: readonly string[];
}

/** Printed by `sims attach`. */
export interface SimsResult {
  readonly groupId: string;
  /**
   * The SIMs by the group that they go back to, "" for none. Grouped, because Pulumi passes this line to the next run in
   * one environment variable, which Linux limits to 128 KiB.
   */
  readonly simsFrom: Readonly<Record<string, readonly string[]>>;
}
