/**
 * What the stand-in holds in place of SORACOM: VPGs, groups and SIMs in memory, and how they change by
 * themselves. Time is counted in looks: a VPG takes a step nearer to running, or to terminated, every
 * time it is read, so tests are as fast as they poll. `creatingMs` counts real time instead.
 */

/** State of a VPG over its life. */
export type VpgStatus = "creating" | "running" | "failed" | "terminating" | "terminated";

/** The four fields a peering is asked for with. */
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
  /** Looks until the next status. */
  looksLeft: number;
  /** Looks that do not find it yet. */
  hiddenFor: number;
  /** What it becomes when it is done creating. */
  destiny: "running" | "failed";
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
  configuration: { SoracomAir?: AirConfig };
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

/** Everything held, as plain data. */
export interface Snapshot {
  readonly vpgs: readonly VpgRecord[];
  readonly groups: readonly GroupRecord[];
  readonly sims: readonly SimRecord[];
}

/** How this SORACOM behaves where the real one's behaviour is not documented or takes time. */
export interface Behaviour {
  /** Reads of a creating or terminating VPG until it is done. Default 2. */
  looks: number;
  /** Looks that do not find a new VPG yet. Default 0. */
  hiddenFor: number;
  /** Milliseconds a VPG takes to run, in place of looks. */
  creatingMs?: number;
  /** Milliseconds since 1970. Default: the system's clock. */
  now: () => number;
  /** Whether a terminated VPG is still listed; otherwise it is 404. Default true. */
  keepTerminated: boolean;
  /** What the values in the map of peerings are: the request, or a word that names no VPC. */
  peeringValues: "request" | "opaque";
  /** Items on a page of a list. Default 100. */
  pageSize: number;
}

/** The default behaviour. */
export const defaultBehaviour: Behaviour = {
  looks: 2,
  now: Date.now,
  hiddenFor: 0,
  keepTerminated: true,
  peeringValues: "request",
  pageSize: 100,
};

export class World {
  readonly vpgs = new Map<string, VpgRecord>();
  readonly groups = new Map<string, GroupRecord>();
  readonly sims = new Map<string, SimRecord>();
  readonly behaviour: Behaviour;
  private made = 0;

  constructor(behaviour: Partial<Behaviour> = {}) {
    this.behaviour = { ...defaultBehaviour, ...behaviour };
  }

  /** A number no other thing here has; ids are made of it, so that runs are alike. */
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

  /** Called on every read of a VPG; whether it is visible. */
  look(vpg: VpgRecord): boolean {
    if (vpg.hiddenFor > 0) {
      vpg.hiddenFor--;
      return false;
    }
    this.step(vpg);
    return this.vpgs.has(vpg.vpgId);
  }

  private step(vpg: VpgRecord): void {
    if (vpg.status !== "creating" && vpg.status !== "terminating") return;
    const { creatingMs } = this.behaviour;
    const waiting =
      vpg.status === "creating" && creatingMs !== undefined
        ? this.behaviour.now() < vpg.createdTime + creatingMs
        : vpg.looksLeft-- > 0;
    if (waiting) return;
    if (vpg.status === "creating") vpg.status = vpg.destiny;
    else {
      vpg.status = "terminated";
      if (!this.behaviour.keepTerminated) this.vpgs.delete(vpg.vpgId);
    }
  }

  /** Restarts the SIM's session, in the VPG that its group names now. */
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

  /** Puts everything back as it was. Ids are not used again. */
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
