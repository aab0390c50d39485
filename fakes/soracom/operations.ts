import { formatAddress, parseAddress } from "../../lib/ipv4";
import {
  ApiError,
  invalid,
  missing,
  refuseConfig,
  refuseDestination,
  refuseDeviceRange,
} from "./rules";
import {
  AirConfig,
  GroupRecord,
  PeeringRequest,
  SimRecord,
  UserRecord,
  VpgRecord,
  World,
} from "./world";

/** A request that is valid by the OpenAPI document. */
export interface Request {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** A reply. Without a body: an empty reply. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One operation of the API on the world, by operationId. */
export type Operation = (world: World, request: Request) => Reply;

export const operations: Readonly<Record<string, Operation>> = {
  createVirtualPrivateGateway(world, { body }) {
    const wanted = body as Partial<VpgRecord> & { type: number; placement?: { region?: string } };
    const device = wanted.deviceSubnetCidrRange ?? "10.128.0.0/9";
    refuseDeviceRange(device);
    if (wanted.type === 14 && wanted.useInternetGateway === false) {
      throw invalid("a VPG of type 14 cannot be without an internet gateway");
    }
    const vpg: VpgRecord = {
      vpgId: world.nextUuid(),
      status: "creating",
      type: wanted.type,
      useInternetGateway: wanted.useInternetGateway ?? true,
      deviceSubnetCidrRange: device,
      region: wanted.placement?.region ?? "ap-northeast-1",
      range: world.vpgs.size,
      tags: { ...wanted.tags },
      peerings: null,
      createdTime: world.behaviour.now(),
      readsLeft: world.behaviour.readsUntilReady,
      hiddenReads: world.behaviour.hiddenReads,
      statusAfterCreation: "running",
    };
    world.vpgs.set(vpg.vpgId, vpg);
    return { status: 201, body: showVpg(world, vpg) };
  },

  getVirtualPrivateGateway(world, { path }) {
    const vpg = theVpg(world, path.vpg_id);
    if (!world.readVpg(vpg)) throw missing("VPG", vpg.vpgId);
    return { status: 200, body: showVpg(world, vpg) };
  },

  listVirtualPrivateGateways(world, { query }) {
    const seen = [...world.vpgs.values()].filter((vpg) => world.readVpg(vpg));
    return page(world, query, tagged(seen, query), "vpgId", (vpg) => showVpg(world, vpg));
  },

  terminateVirtualPrivateGateway(world, { path }) {
    const vpg = theVpg(world, path.vpg_id);
    if (vpg.status === "terminating" || vpg.status === "terminated") {
      throw new ApiError(400, "STANDIN_STATE", `the VPG is ${vpg.status}`);
    }
    const peerings = Object.keys(vpg.peerings ?? {});
    if (peerings.length > 0) {
      throw new ApiError(400, "STANDIN_IN_USE", `peerings are left: ${peerings.join(", ")}`);
    }
    const group = [...world.groups.values()].find(
      ({ configuration: { SoracomAir: air } }) => air?.useVpg && air.vpgId === vpg.vpgId,
    );
    if (group) throw new ApiError(400, "STANDIN_IN_USE", `group ${group.groupId} uses the VPG`);
    vpg.status = "terminating";
    vpg.readsLeft = world.behaviour.readsUntilReady;
    return { status: 200 };
  },

  updateVirtualPrivateGatewayTags(world, { path, body }) {
    putTags(theVpg(world, path.vpg_id), body);
    return { status: 204 };
  },

  deleteVirtualPrivateGatewayTag(world, { path }) {
    deleteTag(theVpg(world, path.vpg_id), path.tag_name);
    return { status: 204 };
  },

  createVpcPeeringConnection(world, { path, body }) {
    const vpg = theVpg(world, path.vpg_id);
    const request = body as PeeringRequest;
    if (vpg.status !== "running") throw invalid(`the VPG is ${vpg.status}`);
    refuseDestination(request.destinationCidrBlock);
    const id = `pcx-${world.next().toString(16).padStart(17, "0")}`;
    // A second peering with the same VPC is accepted, so that tests detect a driver that requests it twice.
    vpg.peerings = { ...vpg.peerings, [id]: request };
    return { status: 201, body: { id, ...request } };
  },

  deleteVpcPeeringConnection(world, { path }) {
    const vpg = theVpg(world, path.vpg_id);
    if (!vpg.peerings?.[path.pcx_id]) throw missing("peering", path.pcx_id);
    delete vpg.peerings[path.pcx_id];
    return { status: 204 };
  },

  createGroup(world, { body }) {
    const wanted = body as Partial<GroupRecord>;
    const group: GroupRecord = {
      groupId: world.nextUuid(),
      tags: { ...wanted.tags },
      configuration: structuredClone(wanted.configuration ?? {}),
      createdTime: world.behaviour.now(),
    };
    refuseConfig(world, group);
    world.groups.set(group.groupId, group);
    return { status: 201, body: group };
  },

  getGroup: (world, { path }) => ({ status: 200, body: theGroup(world, path.group_id) }),

  listGroups: (world, { query }) =>
    page(world, query, tagged([...world.groups.values()], query), "groupId", (group) => group),

  deleteGroup(world, { path }) {
    const { groupId } = theGroup(world, path.group_id);
    if ([...world.sims.values()].some((sim) => sim.groupId === groupId)) {
      throw new ApiError(400, "STANDIN_IN_USE", `group ${groupId} has SIMs`);
    }
    world.groups.delete(groupId);
    return { status: 204 };
  },

  putGroupTags(world, { path, body }) {
    const group = theGroup(world, path.group_id);
    putTags(group, body);
    return { status: 200, body: group };
  },

  deleteGroupTag(world, { path }) {
    deleteTag(theGroup(world, path.group_id), path.tag_name);
    return { status: 204 };
  },

  putConfigurationParameters(world, { path, body }) {
    const group = theGroup(world, path.group_id);
    const parameters = body as { key: keyof AirConfig; value: never }[];
    const air: AirConfig = { ...group.configuration.SoracomAir };
    for (const { key, value } of parameters) air[key] = value;
    refuseConfig(world, { ...group, configuration: { ...group.configuration, SoracomAir: air } });
    group.configuration.SoracomAir = air;
    return { status: 200, body: group };
  },

  deleteConfigurationParameter(world, { path }) {
    const { configuration } = theGroup(world, path.group_id);
    const air = configuration.SoracomAir ?? {};
    const key = path.name as keyof AirConfig;
    if (!(key in air)) throw missing("parameter", key);
    delete air[key];
    return { status: 204 };
  },

  getUserPermission: (world, { path }) => ({
    status: 200,
    body: { permission: theUser(world, path.user_name).permission },
  }),

  listUserRoles(world, { path }) {
    const roleIds = Object.keys(theUser(world, path.user_name).roles ?? {});
    return { status: 200, body: roleIds.map((roleId) => ({ roleId })) };
  },

  getRole(world, { path }) {
    const permission = world.user?.roles?.[path.role_id];
    if (permission === undefined) throw missing("role", path.role_id);
    return { status: 200, body: { permission } };
  },

  getDefaultPermissions: (world) => ({
    status: 200,
    body: { defaultPermissions: world.user?.byDefault ?? "" },
  }),

  listSubscribersInGroup(world, { path, query }) {
    const { groupId } = theGroup(world, path.group_id);
    const sims = [...world.sims.values()].filter((sim) => sim.groupId === groupId);
    return page(world, query, sims, "simId", showSim);
  },

  getSim: (world, { path }) => ({ status: 200, body: showSim(theSim(world, path.sim_id)) }),

  setSimGroup(world, { path, body }) {
    const sim = theSim(world, path.sim_id);
    sim.groupId = theGroup(world, (body as { groupId: string }).groupId).groupId;
    return { status: 200, body: showSim(sim) };
  },

  unsetSimGroup(world, { path }) {
    const sim = theSim(world, path.sim_id);
    sim.groupId = null;
    return { status: 200, body: showSim(sim) };
  },

  deleteSimSession(world, { path }) {
    const sim = theSim(world, path.sim_id);
    // The effect of the operation on a virtual SIM is not documented; the least favourable one is assumed.
    if (!sim.online || sim.virtual) {
      throw new ApiError(400, "SEM0016", "The specified subscriber is offline");
    }
    const stale = showSim(sim);
    world.reconnect(sim);
    return { status: 200, body: stale };
  },

  createArcSession(world, { path }) {
    const sim = theSim(world, path.sim_id);
    if (!sim.virtual) throw invalid("Arc credentials missing");
    sim.online = true;
    world.reconnect(sim);
    return { status: 200, body: arcSession };
  },

  putSimTags(world, { path, body }) {
    const sim = theSim(world, path.sim_id);
    putTags(sim, body);
    return { status: 200, body: showSim(sim) };
  },

  deleteSimTag(world, { path }) {
    deleteTag(theSim(world, path.sim_id), path.tag_name);
    return { status: 204 };
  },
};

function showVpg(world: World, vpg: VpgRecord): object {
  const opaque = world.behaviour.peeringValues === "opaque";
  return {
    vpgId: vpg.vpgId,
    status: vpg.status,
    type: vpg.type,
    useInternetGateway: vpg.useInternetGateway,
    deviceSubnetCidrRange: vpg.deviceSubnetCidrRange,
    placement: { region: vpg.region },
    tags: vpg.tags,
    vpcPeeringConnections:
      vpg.peerings &&
      Object.fromEntries(
        Object.entries(vpg.peerings).map(([id, peer]) => [id, opaque ? "active" : peer]),
      ),
    createdTime: vpg.createdTime,
    ...(vpg.status === "running" ? { vpgSubnetCidrRange: gatewayRange(vpg.range) } : {}),
  };
}

/** The n-th /24 in 100.64.0.0/10. */
function gatewayRange(index: number): string {
  const base = (parseAddress("100.64.152.0") ?? 0) + index * 256;
  return `${formatAddress(base)}/24`;
}

/** The settings of a WireGuard client: example values from the documentation, not of a real server. */
const arcSession = {
  arcServerEndpoint: "stand-in.arc.soracom.io:11010",
  arcServerPeerPublicKey: "c3RhbmQtaW4gc3RhbmQtaW4gc3RhbmQtaW4gc3RhbmQ=",
  arcClientPeerIpAddress: "10.128.0.10",
  arcAllowedIPs: ["100.127.0.0/16"],
};

/** SORACOM reports a virtual SIM's session in a field of its own, without `online`. */
function showSim(sim: SimRecord): object {
  const { simId, groupId, tags, online, sessionVpgId, virtual } = sim;
  const vpg = sessionVpgId ? { vpgId: sessionVpgId, gatewayPrivateIpAddress: "100.64.152.4" } : {};
  const shown = { simId, groupId, tags, type: virtual ? "virtual" : "uicc" };
  if (!virtual) return { ...shown, sessionStatus: { online, ...(online ? vpg : {}) } };
  return online ? { ...shown, arcSessionStatus: { ...arcSession, ...vpg } } : shown;
}

function theVpg(world: World, vpgId: string): VpgRecord {
  const vpg = world.vpgs.get(vpgId);
  if (!vpg) throw missing("VPG", vpgId);
  return vpg;
}

function theGroup(world: World, groupId: string): GroupRecord {
  const group = world.groups.get(groupId);
  if (!group) throw missing("group", groupId);
  return group;
}

function theUser(world: World, name: string): UserRecord {
  if (world.user?.name !== name) throw missing("user", name);
  return world.user;
}

function theSim(world: World, simId: string): SimRecord {
  const sim = world.sims.get(simId);
  if (!sim) throw missing("SIM", simId);
  return sim;
}

function putTags(item: { tags: Record<string, string> }, body: unknown): void {
  for (const { tagName, tagValue } of body as { tagName: string; tagValue: string }[]) {
    item.tags[tagName] = tagValue;
  }
  if (Object.keys(item.tags).length > 20) throw invalid("more than 20 tags");
}

function deleteTag(item: { tags: Record<string, string> }, name: string): void {
  if (!(name in item.tags)) throw missing("tag", name);
  delete item.tags[name];
}

function tagged<T extends { tags: Record<string, string> }>(
  items: readonly T[],
  query: Request["query"],
): readonly T[] {
  const name = query.tag_name as string | undefined;
  if (name === undefined) return items;
  const wanted = query.tag_value as string | undefined;
  if (wanted === undefined) throw invalid("tag_name needs tag_value");
  return items.filter(({ tags: { [name]: value } }) =>
    query.tag_value_match_mode === "prefix" ? value?.startsWith(wanted) : value === wanted,
  );
}

function page<T>(
  world: World,
  query: Request["query"],
  items: readonly T[],
  idField: keyof T,
  show: (item: T) => object,
): Reply {
  const after = items.findIndex((item) => item[idField] === query.last_evaluated_key) + 1;
  const limit = (query.limit as number | undefined) ?? world.behaviour.pageSize;
  const shown = items.slice(after, after + limit);
  const more = after + limit < items.length;
  const headers = more ? { "x-soracom-next-key": String(shown.at(-1)?.[idField]) } : undefined;
  return { status: 200, body: shown.map(show), headers };
}
