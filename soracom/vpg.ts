import { Job, defaultTimeoutSeconds, findOrCreate, onlyOne, removeAndWait } from "./job";
import { waitFor } from "./run-control";
import { DriverError } from "./errors";
import { ownerTag, Vpg } from "./soracom-api";
import { VpgResult, VpgSpec } from "./spec";
import { tagChanges, wantedTags } from "./tags";

/** Whether it still counts as there: what is being terminated is on its way out and cannot be used. */
export function isLive(vpg: Vpg): boolean {
  return vpg.status !== "terminating" && vpg.status !== "terminated";
}

/**
 * Makes sure there is exactly one running VPG for the spec's owner, with its name and tags; or checks
 * the existing one the spec names.
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
    () => findOwn(job, spec, previous),
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
  const vpg = await untilRunning(job, found.vpgId, spec.timeoutSeconds);
  refuseFixed(spec, vpg);
  const tags = tagChanges(wantedTags(spec), vpg.tags ?? {}, previous?.tagNames ?? []);
  if (Object.keys(tags.put).length > 0) await job.soracom.putVpgTags(vpg.vpgId, tags.put);
  for (const name of tags.remove) await removeVpgTag(job, vpg.vpgId, name);
  // A creation whose call failed can have been carried out later than we looked for it.
  if (created) await findOwn(job, spec, previous);
  return result(vpg, spec, false, Object.keys(wantedTags(spec)));
}

/** Terminates the owner's VPG and waits until it is gone. An existing one that was named stays. */
export async function removeVpg(
  job: Job,
  spec: VpgSpec,
  previous?: Partial<VpgResult>,
): Promise<object> {
  if (spec.vpgId !== undefined || previous?.adopted) {
    job.control.say("the VPG was there before us and stays");
    return { vpgId: spec.vpgId ?? previous?.vpgId ?? null, removed: false };
  }
  const owned = await job.soracom.vpgsOwnedBy(spec.owner);
  const vpg = await findOwn(job, spec, previous, owned);
  // A failed one may bill, and one that an earlier run began to terminate bills until it is gone.
  const others = owned.filter(({ status }) => status === "failed" || status === "terminating");
  for (const { vpgId } of vpg ? [vpg, ...others] : others) await terminate(job, spec, vpgId);
  return { vpgId: vpg?.vpgId ?? previous?.vpgId ?? null, removed: true };
}

/** Looks that may miss a VPG before it counts as not there: a new one may show late. */
const mostMisses = 3;

/** The VPG once it runs. Throws a DriverError when it failed, is missing, or `seconds` (900) passed. */
export function untilRunning(
  job: Job,
  vpgId: string,
  seconds = defaultTimeoutSeconds,
  missing = "was made but is not there any more",
): Promise<Vpg> {
  let misses = 0;
  return waitFor<Vpg>(job.control, `VPG ${vpgId} to run`, seconds, async () => {
    const vpg = await job.soracom.findVpg(vpgId);
    if (!vpg && ++misses < mostMisses) return { state: "not to be seen" };
    if (!vpg || !isLive(vpg)) throw new DriverError(`VPG ${vpgId} ${missing}.`);
    if (vpg.status === "failed") {
      throw new DriverError(
        `SORACOM could not make VPG ${vpgId} (status failed). Running the same command again terminates it and makes another; if that fails too, ask SORACOM's support.`,
      );
    }
    return vpg.status === "running" ? { done: vpg } : { state: vpg.status ?? "without a status" };
  });
}

async function findOwn(
  job: Job,
  spec: VpgSpec,
  previous?: Partial<VpgResult>,
  known?: readonly Vpg[],
): Promise<Vpg | undefined> {
  const owned = known ?? (await job.soracom.vpgsOwnedBy(spec.owner));
  const live = owned.filter((vpg) => isLive(vpg) && vpg.status !== "failed");
  const one = onlyOne(`VPGs with the tag ${ownerTag}`, spec.owner, live, ({ vpgId }) => vpgId);
  const remembered = previous?.adopted ? undefined : previous?.vpgId;
  if (one || remembered === undefined || owned.some(({ vpgId }) => vpgId === remembered)) {
    return one;
  }
  // The tag was taken off by hand, but the last run made this VPG: it is ours still.
  const untagged = await job.soracom.findVpg(remembered);
  return untagged && isLive(untagged) ? untagged : undefined;
}

/** A failed VPG is of no use and may bill; the look-up passes over it, so it would stay for ever. */
async function removeFailed(job: Job, spec: VpgSpec): Promise<void> {
  for (const { vpgId, status } of await job.soracom.vpgsOwnedBy(spec.owner)) {
    if (status === "failed") await terminate(job, spec, vpgId);
  }
}

function terminate(job: Job, spec: VpgSpec, vpgId: string): Promise<void> {
  return removeAndWait(
    job,
    `VPG ${vpgId}`,
    spec.timeoutSeconds ?? defaultTimeoutSeconds,
    () => job.soracom.terminateVpg(vpgId),
    async () => {
      const vpg = await job.soracom.findVpg(vpgId);
      if (!vpg || vpg.status === "terminated") return { gone: true };
      return { gone: false, going: !isLive(vpg), state: vpg.status ?? "there" };
    },
  );
}

/** Takes a tag off a VPG; one that is off already is fine. */
export function removeVpgTag(job: Job, vpgId: string, name: string): Promise<void> {
  return removeAndWait(
    job,
    `tag ${name} of VPG ${vpgId}`,
    defaultTimeoutSeconds,
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
    spec.timeoutSeconds,
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

/** These cannot be changed on a VPG; an update that tries must be a replacement. */
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
