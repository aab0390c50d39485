import * as path from "node:path";

import { Failure } from "../core/failure";
import {
  canalOutputs,
  readAllOutputs,
  readStackFile,
  type CanalOutputs,
  type StackFile,
} from "../core/stack";
import { lookAtAws, lookAtSoracom, type AwsView, type SoracomView } from "../status/views";
import { destinationOf } from "../status/vpg-checks";
import type { Wanted } from "../status/wanted";
import type { Surroundings } from "../core/surroundings";
import { vpgRange } from "../../components/vpg";
import { describeMistakes } from "../../stacks/mistakes";
import { checkConfig, type SiteConfig } from "../../stacks/site-config";
import type { Running } from "../../twin/running";
import type { LoginTest } from "./login-client";
import { once } from "./once";
import { SiteAws } from "./site-aws";
import type { TemporaryUser, Visitor } from "./visitor";

/** What `npm run verify` was asked for. */
export interface VerifyOptions {
  readonly stack?: string;
  readonly twin: boolean;
  /** The twin's folder. */
  readonly data?: string;
  readonly json: boolean;
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
  readonly root: string;
  readonly stop: AbortSignal;
  readonly file: StackFile;
  readonly config: SiteConfig;
  readonly outputs: SiteOutputs;
  /** The twin that is verified; undefined for a deployed stack. */
  readonly running?: Running;
  /** Its folder. */
  readonly data?: string;
  /** Undefined without Canal. */
  readonly wanted?: Wanted;
  readonly aws: SiteAws;
  /** What SORACOM says. Rejects with a Failure. */
  readonly soracom: () => Promise<SoracomView>;
  /** Peering and route tables. Rejects with a Failure. */
  readonly awsView: () => Promise<AwsView>;
  /** The block devices come from, as the VPC sees them. */
  readonly deviceRange: () => Promise<string>;
  /** The test login; made once. */
  readonly logIn: (user: TemporaryUser | undefined) => Promise<LoginTest>;
}

const WANTED = ["bucket", "serverId", "privateIps", "userTable"] as const;

/** @throws Failure when there is no such site, or its configuration cannot be used. */
export async function openSubject(
  { stack: asked, twin, data: folder }: VerifyOptions,
  given: Surroundings,
): Promise<Subject> {
  const data = twin ? path.resolve(folder ?? `.twin/${asked ?? "dev"}`) : undefined;
  const there =
    data === undefined ? undefined : await (await import("./twin-site")).twinSite(data, given);
  const surroundings = there?.surroundings ?? given;
  const running = there?.running;
  if (running && asked !== undefined && running.stack !== asked) {
    throw new Failure(`The twin in ${data} serves stack ${running.stack}, not ${asked}.`);
  }
  const stack = running?.stack ?? asked ?? "dev";
  const file = readStackFile(given.root, stack);
  const checked = checkConfig(stack, file.region, file.values);
  if ("mistakes" in checked) throw new Failure(describeMistakes(stack, checked.mistakes));
  const { config } = checked;
  const outputs = readSiteOutputs(stack, await readAllOutputs(stack, surroundings));
  const { canal, region } = config;
  const wanted = canal && { file, region, canal, outputs: canalOutputs(stack, outputs) };

  const aws = new SiteAws(surroundings.runTool, region, file.awsProfile);
  await requireAccount(aws, file);

  const soracom = once(async () => seen(await lookAtSoracom(required(wanted), surroundings)));
  const deviceRange = async () => {
    if (wanted) return destinationOf(await soracom());
    return config.allowedCidr === "vpg" ? vpgRange : config.allowedCidr;
  };
  const { loginClient } = await import("./login-client");
  const client = loginClient(region, running, surroundings.env);
  const logIn = once(async (user: TemporaryUser | undefined) =>
    client.test(outputs.serverId, user, running?.deviceAddress ?? (await deviceRange())),
  );
  return {
    stack,
    root: given.root,
    stop: given.stop,
    file,
    config,
    outputs,
    running,
    data,
    wanted,
    aws,
    soracom,
    awsView: once(async () => seen(await lookAtAws(required(wanted), surroundings))),
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
  throw new Failure(
    `The credentials are of account ${account}; aws:allowedAccountIds in Pulumi.${stack}.yaml says ${allowedAccountIds.join(" or ")}.`,
  );
}

function readSiteOutputs(stack: string, outputs: Record<string, unknown>): SiteOutputs {
  const missing = WANTED.filter((name) => outputs[name] === undefined);
  if (missing.length === 0) return outputs as unknown as SiteOutputs;
  throw new Failure(
    `Stack ${stack} has no output ${missing.join(", ")}: it is not deployed yet, or by another program. Run pulumi up -s ${stack}.`,
  );
}

function seen<T>(look: { readonly view: T } | { readonly reason: string }): T {
  if ("view" in look) return look.view;
  throw new Failure(look.reason);
}

function required(wanted: Wanted | undefined): Wanted {
  if (!wanted) throw new Failure("The stack is without Canal.");
  return wanted;
}
