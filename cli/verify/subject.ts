import * as path from "node:path";

import { UserError } from "../core/errors";
import {
  canalOutputs,
  readAllOutputs,
  readStackFile,
  type CanalOutputs,
  type StackFile,
} from "../core/stack";
import { lookAtAws, lookAtSoracom, type AwsView, type SoracomView } from "../status/views";
import { destinationOf } from "../status/vpg-checks";
import type { DesiredState } from "../status/desired-state";
import type { CliContext } from "../core/context";
import { vpgRange } from "../../components/vpg";
import { describeMistakes } from "../../stacks/mistakes";
import { checkConfig, type SiteConfig } from "../../stacks/site-config";
import type { Running } from "../../twin/running";
import { testLogin, type LoginTest } from "./login-client";
import { once } from "./once";
import { SiteAws } from "./site-aws";
import type { TemporaryUser, Visitor } from "./visitor";

/** Options of `canal-ftp verify`. */
export interface VerifyOptions {
  readonly stack: string;
  /** Whether the stack is not only the default. */
  readonly isStackGiven: boolean;
  readonly twin?: boolean;
  /** The twin's folder. */
  readonly data?: string;
  readonly json?: boolean;
}

/** The outputs every site has. */
export interface SiteOutputs extends Partial<CanalOutputs> {
  readonly bucket: string;
  readonly serverId: string;
  readonly privateIps: readonly string[];
  readonly userTable: string;
}

/** A site that is verified, and the means to look at it. */
export interface Subject extends Visitor {
  readonly stack: string;
  readonly context: CliContext;
  readonly stop: AbortSignal;
  readonly file: StackFile;
  readonly config: SiteConfig;
  readonly outputs: SiteOutputs;
  /** The twin that is verified; undefined for a deployed stack. */
  readonly running?: Running;
  /** Its folder. */
  readonly data?: string;
  /** Undefined without Canal. */
  readonly wanted?: DesiredState;
  readonly aws: SiteAws;
  /** What SORACOM says. Rejects with a UserError. */
  readonly soracom: () => Promise<SoracomView>;
  /** Peering and route tables. Rejects with a UserError. */
  readonly awsView: () => Promise<AwsView>;
  /** The block devices come from, as the VPC sees them. */
  readonly deviceRange: () => Promise<string>;
  /** The test login; made once. */
  readonly logIn: (user: TemporaryUser | undefined) => Promise<LoginTest>;
}

const WANTED = ["bucket", "serverId", "privateIps", "userTable"] as const;

/** @throws UserError when there is no such site, or its configuration cannot be used. */
export async function openSubject(
  { stack: asked, isStackGiven, twin, data: folder }: VerifyOptions,
  given: CliContext,
): Promise<Subject> {
  const data = twin ? path.resolve(folder ?? path.join(given.root, ".twin", asked)) : undefined;
  const there =
    data === undefined ? undefined : await (await import("./twin-site")).twinSite(data, given);
  const context = there?.context ?? given;
  const running = there?.running;
  if (running && isStackGiven && running.stack !== asked) {
    throw new UserError(`The twin in ${data} serves stack ${running.stack}, not ${asked}.`);
  }
  const stack = running?.stack ?? asked;
  const file = readStackFile(given.root, stack);
  const checked = checkConfig(stack, file.region, file.values);
  if ("mistakes" in checked) throw new UserError(describeMistakes(stack, checked.mistakes));
  const { config } = checked;
  const outputs = readSiteOutputs(stack, await readAllOutputs(stack, context));
  const { canal, region } = config;
  const wanted = canal && { file, region, canal, outputs: canalOutputs(stack, outputs) };

  const api = context.aws({ region, profile: file.awsProfile });
  const aws = new SiteAws(api);
  await requireAccount(aws, file);

  const soracom = once(async () => seen(await lookAtSoracom(required(wanted), context)));
  const deviceRange = async () => {
    if (wanted) return destinationOf(await soracom());
    return config.allowedCidr === "vpg" ? vpgRange : config.allowedCidr;
  };
  const logIn = once(async (user: TemporaryUser | undefined) =>
    testLogin(api, outputs.serverId, user, running?.deviceAddress ?? (await deviceRange())),
  );
  return {
    stack,
    context: given,
    stop: given.stop,
    file,
    config,
    outputs,
    running,
    data,
    wanted,
    aws,
    soracom,
    awsView: once(async () => seen(await lookAtAws(required(wanted), context))),
    deviceRange,
    logIn,
  };
}

/** With credentials of another account everything would seem to be gone. */
async function requireAccount(
  aws: SiteAws,
  { stack, allowedAccountIds }: StackFile,
): Promise<void> {
  if (allowedAccountIds.length === 0) return;
  const account = await aws.account();
  if (allowedAccountIds.includes(account)) return;
  throw new UserError(
    `The credentials are of account ${account}; aws:allowedAccountIds in Pulumi.${stack}.yaml says ${allowedAccountIds.join(" or ")}.`,
  );
}

function readSiteOutputs(stack: string, outputs: Record<string, unknown>): SiteOutputs {
  const missing = WANTED.filter((name) => outputs[name] === undefined);
  if (missing.length === 0) return outputs as unknown as SiteOutputs;
  throw new UserError(
    `Stack ${stack} has no output ${missing.join(", ")}: it is not deployed yet, or by another program. Run pulumi up -s ${stack}.`,
  );
}

function seen<T>(look: { readonly view: T } | { readonly reason: string }): T {
  if ("view" in look) return look.view;
  throw new UserError(look.reason);
}

function required(wanted: DesiredState | undefined): DesiredState {
  if (!wanted) throw new UserError("The stack is without Canal.");
  return wanted;
}
