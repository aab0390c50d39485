import { UserError } from "../core/errors";
import {
  canalOutputs,
  readAllOutputs,
  readStackFile,
  type CanalOutputs,
  type StackFile,
} from "../core/stack";
import {
  readAws,
  readSoracom,
  type AwsView,
  type SoracomView,
  type ViewResult,
} from "../status/views";
import { destinationOf } from "../status/vpg-checks";
import { type DesiredState, tagsOfStack } from "../status/desired-state";
import type { CliContext } from "../core/context";
import { vpgRange } from "../../components/vpg";
import { twinFolder } from "../core/twin-folder";
import { describeMistakes } from "../../stacks/mistakes";
import { checkConfig, type SiteConfig } from "../../stacks/site-config";
import type { Running } from "../../twin/running";
import { testLogin, type LoginTest } from "./login-client";
import { once } from "./once";
import { SiteAws } from "./site-aws";
import type { TemporaryUser, TestUser } from "./test-user";

/** Options of `canal-ftp verify`. */
export interface VerifyOptions {
  readonly stack: string;
  /** Whether --stack was given, instead of the default. */
  readonly isStackGiven: boolean;
  readonly twin?: boolean;
  /** The twin's folder. */
  readonly data?: string;
  readonly json?: boolean;
  /** File for the masked replies. */
  readonly record?: string;
  /** File with recorded replies, in place of AWS and SORACOM. */
  readonly replay?: string;
}

/** The outputs every site has. */
export interface SiteOutputs extends Partial<CanalOutputs> {
  readonly bucket: string;
  readonly serverId: string;
  readonly privateIps: readonly string[];
  readonly userTable: string;
  readonly alarmTopicArn?: string;
}

/** The site to verify, and access to it. */
export interface Subject extends TestUser {
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
  readonly desired?: DesiredState;
  readonly aws: SiteAws;
  /** What SORACOM reports. Rejects with a UserError. */
  readonly soracom: () => Promise<SoracomView>;
  /** Peering and route tables. Rejects with a UserError. */
  readonly awsView: () => Promise<AwsView>;
  /** The devices' source addresses, as the VPC sees them. */
  readonly deviceRange: () => Promise<string>;
  /** The test login; performed once. */
  readonly logIn: (user: TemporaryUser | undefined) => Promise<LoginTest>;
}

const requiredOutputs = ["bucket", "serverId", "privateIps", "userTable"] as const;

/** @throws UserError when there is no such site, or its configuration cannot be used. */
export async function openSubject(
  { stack: asked, isStackGiven, twin, data: folder }: VerifyOptions,
  given: CliContext,
  soracomView: typeof readSoracom = readSoracom,
): Promise<Subject> {
  const data = twin ? twinFolder(given.root, asked, folder) : undefined;
  const twinContext =
    data === undefined ? undefined : await (await import("./twin-site")).twinSite(data, given);
  const context = twinContext?.context ?? given;
  const running = twinContext?.running;
  if (running && isStackGiven && running.stack !== asked) {
    throw new UserError(`The twin in ${data} serves stack ${running.stack}, not ${asked}.`);
  }
  const stack = running?.stack ?? asked;
  const file = readStackFile(given.root, stack);
  const checked = checkConfig(stack, file.region, file.values, file.project);
  if ("mistakes" in checked) throw new UserError(describeMistakes(stack, checked.mistakes));
  const { config } = checked;
  const outputs = readSiteOutputs(stack, await readAllOutputs(stack, context));
  const { canal, region } = config;
  const desired = canal && {
    ...{ file, region, canal, tags: tagsOfStack(file, config.environment) },
    outputs: canalOutputs(stack, outputs),
  };

  const api = context.aws({ region, profile: file.awsProfile });
  const aws = new SiteAws(api);
  await requireAccount(aws, file);

  const soracom = once(async () => viewOf(await soracomView(required(desired), context)));
  const deviceRange = async () => {
    if (desired) return destinationOf(await soracom());
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
    desired,
    aws,
    soracom,
    awsView: once(async () => viewOf(await readAws(required(desired), context))),
    deviceRange,
    logIn,
  };
}

/** With credentials of another account every resource would seem to be missing. */
async function requireAccount(
  aws: SiteAws,
  { stack, allowedAccountIds }: StackFile,
): Promise<void> {
  if (allowedAccountIds.length === 0) return;
  const account = await aws.account();
  if (allowedAccountIds.includes(account)) return;
  throw new UserError(
    `The credentials are of account ${account}; aws:allowedAccountIds in Pulumi.${stack}.yaml allows ${allowedAccountIds.join(" or ")}.`,
  );
}

function readSiteOutputs(stack: string, outputs: Record<string, unknown>): SiteOutputs {
  const missing = requiredOutputs.filter((name) => outputs[name] === undefined);
  if (missing.length === 0) return outputs as unknown as SiteOutputs;
  throw new UserError(
    `Stack ${stack} has no output ${missing.join(", ")}: it is not deployed yet, or was deployed by another program. Run pulumi up -s ${stack}.`,
  );
}

function viewOf<T>(result: ViewResult<T>): T {
  if ("view" in result) return result.view;
  throw new UserError(result.reason);
}

function required(desired: DesiredState | undefined): DesiredState {
  if (!desired) throw new UserError("The stack has no Canal.");
  return desired;
}
