import { Job, findOrCreate, readsUntilComplete, removeAndWait } from "./job";
import { sleep, waitFor } from "./run-control";
import { DriverError } from "./errors";
import { Vpg } from "./soracom-api";
import { VpgResult, VpgSpec } from "./spec";
import { tagChanges, wantedTags } from "./tags";

/** Whether the VPG exists: one that is being terminated cannot be used and does not count. */
export function isLive(vpg: Vpg): boolean {
  return vpg.status !== "terminating" && vpg.status !== "terminated";
}

/**
 * Ensures exactly one running VPG for the spec's owner, with its name and tags; or checks the existing VPG in the
 * spec.
 */
export async function ensureVpg(
  job: Job,
  spec: VpgSpec,
  previous?: Partial<VpgResult>,
): Promise<VpgResult> {
  if (spec.vpgId !== undefined) return adopt(job, spec, spec.vpgId);
  let created = false;
  const found = await findOrCreate(
    job,
    `VPG "${spec.name}"`,
    async () => (await usable(job, spec, previous))[0],
    async () => {
      created = true;
      await removeFailed(job, spec);
      return job.soracom.createVpg({
        type: spec.type,
        useInternetGateway: spec.useInternetGateway,
        deviceSubnetCidrRange: spec.deviceCidr,
        placement: { region: spec.region },
        tags: wantedTags(spec),
      });
    },
  );
  const vpg = await untilOnlyOne(job, spec, previous, found.vpgId, created);
  refuseFixed(spec, vpg);
  const tags = tagChanges(wantedTags(spec), vpg.tags ?? {}, previous?.tagNames ?? []);
  if (Object.keys(tags.put).length > 0) await job.soracom.putVpgTags(vpg.vpgId, tags.put);
  for (const name of tags.remove) await removeVpgTag(job, vpg.vpgId, name);
  return result(vpg, spec, false, Object.keys(wantedTags(spec)));
}

/** Terminates the owner's VPGs and waits until they no longer exist. A VPG that existed before the stack stays. */
export async function removeVpg(
  job: Job,
  spec: VpgSpec,
  previous?: Partial<VpgResult>,
): Promise<object> {
  if (spec.vpgId !== undefined || previous?.adopted) {
    job.control.log("the VPG existed before this stack and is kept");
    return { vpgId: spec.vpgId ?? previous?.vpgId ?? null, removed: false };
  }
  const ready = await usable(job, spec, previous);
  // A failed VPG may bill, and one that an earlier run began to terminate bills until its termination is complete.
  const others = (await job.soracom.vpgsOwnedBy(spec.owner)).filter(
    ({ status }) => status === "failed" || status === "terminating",
  );
  for (const { vpgId } of [...ready, ...others]) {
    await terminateVpg(job, vpgId);
  }
  return { vpgId: ready[0]?.vpgId ?? previous?.vpgId ?? null, removed: true };
}

/**
 * Returns the VPG when it runs. After a creation, the owner's list is read for at least a minute, because a VPG created
 * by an interrupted or a concurrent run can appear in it late: of several, one is kept.
 */
async function untilOnlyOne(
  job: Job,
  spec: VpgSpec,
  previous: Partial<VpgResult> | undefined,
  vpgId: string,
  created: boolean,
): Promise<Vpg> {
  let vpg = await untilRunning(job, vpgId);
  for (let reads = created ? readsUntilComplete : 1; reads > 0; reads--) {
    const [kept, ...others] = await usable(job, spec, previous);
    if (kept && kept.vpgId !== vpg.vpgId) {
      vpg = await untilRunning(job, kept.vpgId);
    }
    for (const other of others) await removeDuplicate(job, other, vpg.vpgId);
    if (reads > 1) await sleep(job.control, job.control.pollMs);
  }
  return vpg;
}

/** Terminates a VPG that was created twice, unless something uses it. */
async function removeDuplicate(job: Job, other: Vpg, kept: string): Promise<void> {
  const peerings = Object.keys(other.vpcPeeringConnections ?? {});
  const groups = (await job.soracom.listGroups()).filter(
    ({ configuration }) => configuration?.SoracomAir?.vpgId === other.vpgId,
  );
  const users = [...peerings, ...groups.map(({ groupId }) => `group ${groupId}`)];
  if (users.length > 0) {
    job.control.log(
      `VPG ${other.vpgId} was created twice and is used by ${users.join(", ")}, so it stays and bills; ${kept} is used from now on. The stack's destroy removes both.`,
    );
    return;
  }
  job.control.log(`VPG ${other.vpgId} was created twice: ${kept} stays, this one is terminated`);
  await terminateVpg(job, other.vpgId);
}

/** Reads without the VPG before it counts as missing: a new VPG may be listed up to a minute late. */
const maxMisses = readsUntilComplete;

/** Returns the VPG when it runs. Throws a DriverError when it failed, is missing, or takes too long. */
export function untilRunning(
  job: Job,
  vpgId: string,
  missing = "was created but no longer exists",
): Promise<Vpg> {
  let misses = 0;
  return waitFor<Vpg>(job.control, `VPG ${vpgId} to run`, async () => {
    const vpg = await job.soracom.findVpg(vpgId);
    if (!vpg && ++misses < maxMisses) return { state: "not listed yet" };
    if (!vpg || !isLive(vpg)) throw new DriverError(`VPG ${vpgId} ${missing}.`);
    if (vpg.status === "failed") {
      throw new DriverError(
        `SORACOM could not create VPG ${vpgId} (status failed). The same command terminates it and creates another; if that also fails, contact SORACOM's support.`,
      );
    }
    return vpg.status === "running" ? { done: vpg } : { state: vpg.status ?? "without a status" };
  });
}

/**
 * The owner's VPGs that run or will run, the one to keep first: that of the last run, else the one with a peering,
 * else the oldest. All runs choose the same one.
 */
async function usable(job: Job, spec: VpgSpec, previous?: Partial<VpgResult>): Promise<Vpg[]> {
  const owned = await job.soracom.vpgsOwnedBy(spec.owner);
  const recorded = previous?.adopted ? undefined : previous?.vpgId;
  if (recorded !== undefined && !owned.some(({ vpgId }) => vpgId === recorded)) {
    // The tag was removed manually, but the last run made this VPG.
    const untagged = await job.soracom.findVpg(recorded);
    if (untagged) owned.push(untagged);
  }
  const rank = (vpg: Vpg) => [
    vpg.vpgId === recorded ? 0 : 1,
    Object.keys(vpg.vpcPeeringConnections ?? {}).length > 0 ? 0 : 1,
    vpg.createdTime ?? Infinity,
  ];
  return owned
    .filter((vpg) => isLive(vpg) && vpg.status !== "failed")
    .sort((a, b) => {
      const [left, right] = [rank(a), rank(b)];
      const at = left.findIndex((value, index) => value !== right[index]);
      return at < 0 ? a.vpgId.localeCompare(b.vpgId) : left[at] - right[at];
    });
}

/** A failed VPG cannot be used and may bill. `usable` ignores it, so it is removed here. */
async function removeFailed(job: Job, spec: VpgSpec): Promise<void> {
  for (const { vpgId, status } of await job.soracom.vpgsOwnedBy(spec.owner)) {
    if (status === "failed") await terminateVpg(job, vpgId);
  }
}

/** Deletes the VPG's peerings, terminates it and waits until it no longer exists. */
export async function terminateVpg(job: Job, vpgId: string): Promise<void> {
  await removeAndWait(
    job,
    `VPG ${vpgId}`,
    async () => {
      const vpg = await untilCreated(job, vpgId);
      for (const id of Object.keys(vpg?.vpcPeeringConnections ?? {})) {
        await job.soracom.deletePeering(vpgId, id);
      }
      await job.soracom.terminateVpg(vpgId);
    },
    async () => {
      const vpg = await job.soracom.findVpg(vpgId);
      if (!vpg || vpg.status === "terminated") return { gone: true };
      return { gone: false, going: !isLive(vpg), state: vpg.status ?? "there" };
    },
  );
}

/** Waits for the VPG's creation: whether SORACOM terminates a VPG that it is still creating is not documented. */
function untilCreated(job: Job, vpgId: string): Promise<Vpg | undefined> {
  return waitFor<Vpg | undefined>(job.control, `VPG ${vpgId} to be created`, async () => {
    const vpg = await job.soracom.findVpg(vpgId);
    return vpg?.status === "creating" ? { state: vpg.status } : { done: vpg };
  });
}

/** Removes a tag of a VPG; a tag that does not exist is not an error. */
export function removeVpgTag(job: Job, vpgId: string, name: string): Promise<void> {
  return removeAndWait(
    job,
    `tag ${name} of VPG ${vpgId}`,
    () => job.soracom.deleteVpgTag(vpgId, name),
    async () => {
      const vpg = await job.soracom.findVpg(vpgId);
      if (vpg?.tags?.[name] === undefined) return { gone: true };
      return { gone: false, going: false, state: "set" };
    },
  );
}

async function adopt(job: Job, spec: VpgSpec, vpgId: string): Promise<VpgResult> {
  const vpg = await untilRunning(
    job,
    vpgId,
    `does not exist with coverage "${spec.coverage}" or is being terminated: check the id and the coverage`,
  );
  if (vpg.type !== undefined && vpg.type !== spec.type) {
    throw new DriverError(`VPG ${vpgId} has type ${vpg.type}, but ${spec.type} is needed.`);
  }
  const region = vpg.placement?.region;
  if (region !== undefined && region !== spec.region) {
    throw new DriverError(`VPG ${vpgId} is in ${region}, but ${spec.region} is expected.`);
  }
  return result(vpg, spec, true, []);
}

/** Throws when the spec has other values of properties that are fixed at creation. */
function refuseFixed(spec: VpgSpec, vpg: Vpg): void {
  const fixed: [string, unknown, unknown][] = [
    ["type", vpg.type, spec.type],
    ["useInternetGateway", vpg.useInternetGateway, spec.useInternetGateway],
    ["deviceCidr", vpg.deviceSubnetCidrRange, spec.deviceCidr],
    ["region", vpg.placement?.region, spec.region],
  ];
  const differing = fixed.filter(([, is, wanted]) => is !== undefined && is !== wanted);
  if (differing.length === 0) return;
  const list = differing.map(([name, is, wanted]) => `${name} is ${is}, wanted ${wanted}`);
  throw new DriverError(
    `VPG ${vpg.vpgId} cannot be changed to the spec (${list.join("; ")}): these are fixed at creation, so it has to be replaced.`,
  );
}

function result(vpg: Vpg, spec: VpgSpec, adopted: boolean, tagNames: readonly string[]): VpgResult {
  return {
    vpgId: vpg.vpgId,
    vpgCidr: vpg.vpgSubnetCidrRange ?? null,
    status: vpg.status ?? "running",
    region: vpg.placement?.region ?? spec.region,
    type: vpg.type ?? spec.type,
    useInternetGateway: vpg.useInternetGateway ?? spec.useInternetGateway,
    deviceCidr: vpg.deviceSubnetCidrRange ?? spec.deviceCidr,
    adopted,
    tagNames,
  };
}
