import { ensureClaim, removeClaim } from "./claim";
import { ConnectOptions, connect } from "./connect";
import { ensureGroup, removeGroup } from "./group";
import { Job } from "./job";
import { ensurePeering, removePeering } from "./peering";
import { DriverError } from "./errors";
import {
  fieldsOf,
  readClaimSpec,
  readGroupSpec,
  readPeeringSpec,
  readPrevious,
  readSimsSpec,
  readVpgSpec,
} from "./read-spec";
import { attachSims, detachSims } from "./sims";
import { ClaimResult, Coverage, GroupResult, PeeringResult, SimsResult, VpgResult } from "./spec";
import { ensureVpg, removeVpg } from "./vpg";

type Fields = ReturnType<typeof fieldsOf>;

/** A command whose spec has been read: the coverage it calls, and its function. */
interface ReadCommand {
  readonly coverage: Coverage;
  run(job: Job): Promise<object>;
}

/** A noun's verbs: each reads the spec and the previous output, and runs its function. */
function noun<S extends { coverage: Coverage }, R>(
  read: (fields: Fields) => S,
  idField: keyof R & string,
  verbs: Record<string, (job: Job, spec: S, previous?: Partial<R>) => Promise<object>>,
): Record<string, (fields: Fields, previous: string | undefined) => ReadCommand> {
  return Object.fromEntries(
    Object.entries(verbs).map(([verb, act]) => [
      verb,
      (fields: Fields, previous: string | undefined): ReadCommand => {
        const spec = read(fields);
        const last = readPrevious<R>(previous, [idField]);
        return { coverage: spec.coverage, run: (job) => act(job, spec, last) };
      },
    ]),
  );
}

const nouns = {
  claim: noun<ReturnType<typeof readClaimSpec>, ClaimResult>(readClaimSpec, "owner", {
    ensure: ensureClaim,
    remove: removeClaim,
  }),
  vpg: noun<ReturnType<typeof readVpgSpec>, VpgResult>(readVpgSpec, "vpgId", {
    ensure: ensureVpg,
    remove: removeVpg,
  }),
  peering: noun<ReturnType<typeof readPeeringSpec>, PeeringResult>(
    readPeeringSpec,
    "peeringConnectionId",
    { ensure: ensurePeering, remove: removePeering },
  ),
  group: noun<ReturnType<typeof readGroupSpec>, GroupResult>(readGroupSpec, "groupId", {
    ensure: ensureGroup,
    remove: removeGroup,
  }),
  sims: noun<ReturnType<typeof readSimsSpec>, SimsResult>(readSimsSpec, "groupId", {
    attach: attachSims,
    detach: detachSims,
  }),
};

/**
 * Runs one command, for example `["vpg", "ensure"]`, and returns what it created or found.
 * Throws a DriverError whose message is for the operator.
 */
export async function runCommand(
  argv: readonly string[],
  options: ConnectOptions,
): Promise<object> {
  const [name = "", verb = ""] = argv;
  const verbs = Object.entries(nouns).find(([key]) => key === name)?.[1];
  const read = verbs && Object.entries(verbs).find(([key]) => key === verb)?.[1];
  if (!read || argv.length !== 2) {
    throw new DriverError(
      "usage: soracom/main.ts claim|vpg|peering|group ensure|remove, or sims attach|detach",
    );
  }
  const { env } = options;
  const command = read(fieldsOf(env.CANAL_FTP_SPEC), env.PULUMI_COMMAND_STDOUT);
  const { job, explain } = connect(command.coverage, {
    ...options,
    log: (line) => options.log(`${name}: ${line}`),
  });
  try {
    return await command.run(job);
  } catch (error) {
    throw explain(error);
  }
}
