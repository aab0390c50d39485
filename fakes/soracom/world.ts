/**
 * The state of the stand-in: VPGs, groups and SIMs in memory, and their changes over time. Time is counted in reads:
 * every read of a VPG brings it one step closer to running, or to terminated, so that tests do not wait. With
 * `creatingMs`, real time is counted instead.
 */

/** Status of a VPG. */
export type VpgStatus = "creating" | "running" | "failed" | "terminating" | "terminated";

/** The four fields of a request for a peering. */
export interface PeeringRequest {
  readonly peerOwnerId: string;
  readonly peerRegion: string;
  readonly peerVpcId: string;
  readonly destinationCidrBlock: string;
}

export interface VpgRecord {
  vpgId: string;
  status: VpgStatus;
  type: number;
  useInternetGateway: boolean;
  deviceSubnetCidrRange: string;
  region: string;
  /** Number of the VPG's own range inside 100.64.0.0/10. */
  range: number;
  tags: Record<string, string>;
  /** null until the first peering. */
  peerings: Record<string, PeeringRequest> | null;
  createdTime: number;
  /** Reads until the next status. */
  readsLeft: number;
  /** Reads that do not find the VPG yet. */
  hiddenReads: number;
  /** The status after the creation. */
  statusAfterCreation: "running" | "failed";
}

export interface AirConfig {
  useVpg?: boolean;
  vpgId?: string;
  useCustomDns?: boolean;
  dnsServers?: string[];
}

export interface GroupRecord {
  groupId: string;
  tags: Record<string, string>;
  /** By namespace; of the others than SoracomAir only what tests put there. */
  configuration: { SoracomAir?: AirConfig; [namespace: string]: object | undefined };
  createdTime: number;
}

export interface SimRecord {
  simId: string;
  groupId: string | null;
  tags: Record<string, string>;
  online: boolean;
  /** VPG of the present session: that of the SIM's group when the session began. */
  sessionVpgId: string | null;
  /** A virtual SIM of Arc: `online` is then whether it has a session. Default false. */
  virtual?: boolean;
}

/** The SAM user of the key. Each permission is JSON in a text. */
export interface UserRecord {
  readonly name: string;
  readonly permission: string;
  /** Permissions of the roles by id. */
  readonly roles?: Readonly<Record<string, string>>;
  /** Permissions of every user. */
  readonly byDefault?: string;
}

/** The whole state, as plain data. */
export interface Snapshot {
  readonly vpgs: readonly VpgRecord[];
  readonly groups: readonly GroupRecord[];
  readonly sims: readonly SimRecord[];
}

/** Behaviour that SORACOM does not document, and durations. */
export interface Behaviour {
  /** Reads of a creating or terminating VPG until it is done. Default 2. */
  readsUntilReady: number;
  /** Reads that do not find a new VPG yet. Default 0. */
  hiddenReads: number;
  /** Milliseconds until a VPG runs, in place of reads. */
  creatingMs?: number;
  /** Milliseconds since 1970. Default: the system's clock. */
  now: () => number;
  /** Whether a terminated VPG is still listed; otherwise it is 404. Default true. */
  keepTerminated: boolean;
  /** The values in the map of peerings: the request, or a word that names no VPC. */
  peeringValues: "request" | "opaque";
  /** Items on a page of a list. Default 100. */
  pageSize: number;
}

/** The default behaviour. */
export const defaultBehaviour: Behaviour = {
  readsUntilReady: 2,
  now: Date.now,
  hiddenReads: 0,
  keepTerminated: true,
  peeringValues: "request",
  pageSize: 100,
};

export class World {
  readonly vpgs = new Map<string, VpgRecord>();
  readonly groups = new Map<string, GroupRecord>();
  readonly sims = new Map<string, SimRecord>();
  readonly behaviour: Behaviour;
  /** Undefined: the key is the root user's. Permissions are only reported; calls are not refused by them. */
  user: UserRecord | undefined;
  private made = 0;

  constructor(behaviour: Partial<Behaviour> = {}) {
    this.behaviour = { ...defaultBehaviour, ...behaviour };
  }

  /** A unique number for ids, so that all runs produce the same ids. */
  next(): number {
    return ++this.made;
  }

  /** A UUID-shaped id. */
  nextUuid(): string {
    return `00000000-0000-4000-8000-${this.next().toString(16).padStart(12, "0")}`;
  }

  /** Adds a SIM: in no group and online by default. */
  addSim(simId: string, more: Partial<SimRecord> = {}): SimRecord {
    const sim = { simId, groupId: null, tags: {}, online: true, sessionVpgId: null, ...more };
    this.sims.set(simId, sim);
    return sim;
  }

  /** Counts a read of a VPG and advances its status; returns whether the VPG is visible. */
  readVpg(vpg: VpgRecord): boolean {
    if (vpg.hiddenReads > 0) {
      vpg.hiddenReads--;
      return false;
    }
    this.advance(vpg);
    return this.vpgs.has(vpg.vpgId);
  }

  private advance(vpg: VpgRecord): void {
    if (vpg.status !== "creating" && vpg.status !== "terminating") return;
    const { creatingMs } = this.behaviour;
    const waiting =
      vpg.status === "creating" && creatingMs !== undefined
        ? this.behaviour.now() < vpg.createdTime + creatingMs
        : vpg.readsLeft-- > 0;
    if (waiting) return;
    if (vpg.status === "creating") vpg.status = vpg.statusAfterCreation;
    else {
      vpg.status = "terminated";
      if (!this.behaviour.keepTerminated) this.vpgs.delete(vpg.vpgId);
    }
  }

  /** Restarts the SIM's session in the VPG that its group now names. */
  reconnect(sim: SimRecord): void {
    const air = sim.groupId ? this.groups.get(sim.groupId)?.configuration.SoracomAir : undefined;
    sim.sessionVpgId = air?.useVpg ? (air.vpgId ?? null) : null;
  }

  /** A copy of everything. */
  snapshot(): Snapshot {
    return structuredClone({
      vpgs: [...this.vpgs.values()],
      groups: [...this.groups.values()],
      sims: [...this.sims.values()],
    });
  }

  /** Restores a copy. Ids are not reused. */
  restore(snapshot: Snapshot): void {
    const copy = structuredClone(snapshot);
    this.vpgs.clear();
    this.groups.clear();
    this.sims.clear();
    for (const vpg of copy.vpgs) this.vpgs.set(vpg.vpgId, vpg);
    for (const group of copy.groups) this.groups.set(group.groupId, group);
    for (const sim of copy.sims) this.sims.set(sim.simId, sim);
  }
}
