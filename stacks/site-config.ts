/**
 * What a site can be configured with, checked as a whole. No Pulumi types: the raw values come in as the texts
 * that Pulumi hands a program, and everything that is wrong with them comes out at once.
 */
import type { ExistingVpc } from "../components/endpoint-network";
import type { IdentityProviderType } from "../components/identity-provider";
import { type CanalConfig, readCanal } from "./canal-config";
import { checkLogin, type LoginConfig } from "./login-config";
import { Mistakes } from "./mistakes";
import {
  checkDeviceName,
  checkOperations,
  type OperationsConfig,
  readDeviceName,
  readOperations,
} from "./operations-config";
import { Reader } from "./reader";
import { checkExistingVpc, checkNetworks, checkRegion, checkUsers, UserConfig } from "./rules";

export const environments = ["dev", "prod"] as const;
export type EnvironmentName = (typeof environments)[number];

/** A checked configuration: every value is allowed by itself and together with the others. */
export interface SiteConfig {
  readonly stack: string;
  readonly environment: EnvironmentName;
  readonly region: string;
  readonly vpcCidr: string;
  readonly availabilityZones: number;
  readonly existingVpc?: ExistingVpc;
  /** Undefined: a VPC-only site, reached by other means. */
  readonly canal?: CanalConfig;
  /** A CIDR block, or "vpg" for the range SORACOM allots to the VPG. */
  readonly allowedCidr: string;
  readonly identityProvider: IdentityProviderType;
  readonly login: LoginConfig;
  readonly users: UserConfig[];
  readonly bucketName?: string;
  readonly kmsKeyArn?: string;
  readonly oldVersionDays: number;
  /** Undefined: files are kept for good. */
  readonly expireAfterDays?: number;
  /** Whether uploads are checked and logged. */
  readonly uploadEvents: boolean;
  readonly uploadLogDays: number;
  readonly logRetentionDays: number;
  readonly operations: OperationsConfig;
  /** What devices call the server; undefined: its long name, or an address. */
  readonly deviceName?: string;
}

/** The periods CloudWatch Logs offers, in days (CloudWatch Logs API, PutRetentionPolicy). */
export const logRetentionPeriods = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

/** All keys of the project's configuration, in the order a reader meets them. */
export const keys = [
  "base",
  "vpcCidr",
  "availabilityZones",
  "existingVpc",
  "canal",
  "coverage",
  "vpgId",
  "deviceCidr",
  "dnsServers",
  "simIds",
  "simFile",
  "soracomTimeoutMinutes",
  "allowedCidr",
  "identityProvider",
  "userStore",
  "lockoutFailures",
  "lockoutUserFailures",
  "lockoutWindowSeconds",
  "rememberSeconds",
  "scryptLn",
  "users",
  "bucketName",
  "kmsKeyArn",
  "oldVersionDays",
  "expireAfterDays",
  "uploadEvents",
  "uploadLogDays",
  "logRetentionDays",
  "alarmEmails",
  "alarmFailedLogins",
  "alarmLockouts",
  "alarmLoginSeconds",
  "alarmServerErrors",
  "alarmPartialUploads",
  "alarmQuietHours",
  "alarmGigabytesPerDay",
  "dashboard",
  "budgetUsd",
  "canary",
  "canaryMinutes",
  "deviceName",
] as const;

const bucketNames = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
const keyArns = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;

/**
 * Checks a stack's configuration.
 *
 * @param stack the stack's name
 * @param region the value of `aws:region`, if there is one
 * @param values the project's own keys, without their namespace, as texts (lists and objects as JSON)
 * @returns the checked configuration, or every mistake in it, a line each
 */
export function checkConfig(
  stack: string,
  region: string | undefined,
  values: Readonly<Record<string, string>>,
): { config: SiteConfig } | { mistakes: string[] } {
  const mistakes = new Mistakes();
  const read = new Reader(values, keys, mistakes);
  read.refuseUnknownKeys();
  checkStackName(stack, mistakes);

  const environment = read.choice("base", environments, isEnvironment(stack) ? stack : undefined);
  const canalKind = read.choice("canal", ["soracom", "none"] as const);
  const coverage = read.choice("coverage", ["jp", "g"] as const);
  const config = {
    stack,
    environment,
    region: checkRegion(region, canalKind === "soracom" ? coverage : undefined, mistakes),
    vpcCidr: read.text("vpcCidr"),
    availabilityZones: read.wholeNumber("availabilityZones", 1, 3),
    existingVpc: checkExistingVpc(read.object("existingVpc"), mistakes),
    canal: canalKind === "none" ? undefined : readCanal(read, coverage, mistakes),
    allowedCidr: read.text("allowedCidr"),
    identityProvider: read.choice("identityProvider", ["apiGateway", "lambda"] as const),
    login: {
      userStore: read.choice("userStore", ["dynamodb", "secretsmanager"] as const),
      lockoutFailures: read.wholeNumber("lockoutFailures", 1, 1_000_000),
      lockoutUserFailures: read.wholeNumber("lockoutUserFailures", 1, 1_000_000),
      lockoutWindowSeconds: read.wholeNumber("lockoutWindowSeconds", 1, 86_400),
      rememberSeconds: read.wholeNumber("rememberSeconds", 0, 3600),
      scryptLn: read.wholeNumber("scryptLn", 12, 16),
    },
    users: checkUsers(read.array("users"), mistakes),
    bucketName: read.optional(
      "bucketName",
      bucketNames,
      "3 to 63 of a-z, 0-9 and -, not at the ends, or nothing",
    ),
    kmsKeyArn: read.optional(
      "kmsKeyArn",
      keyArns,
      "arn:aws:kms:<region>:<account>:key/<id>, or nothing",
    ),
    oldVersionDays: read.wholeNumber("oldVersionDays", 1, 3650),
    expireAfterDays: read.wholeNumber("expireAfterDays", 0, 36500) || undefined,
    uploadEvents: read.choice("uploadEvents", ["true", "false"] as const) === "true",
    uploadLogDays: read.wholeNumber("uploadLogDays", 1, 3650),
    logRetentionDays: read.oneOf("logRetentionDays", logRetentionPeriods),
    operations: readOperations(read),
    deviceName: readDeviceName(read),
  };
  checkNetworks(config, mistakes);
  checkLogin(config.login, config.users.length, mistakes);
  checkOperations(config.operations, config.login, config.users, mistakes);
  checkDeviceName(config, mistakes);

  // Past this point every field has been read without complaint, so none is a stand-in for a bad value.
  return mistakes.lines.length > 0
    ? { mistakes: mistakes.lines }
    : { config: config as SiteConfig };
}

function isEnvironment(name: string): name is EnvironmentName {
  return (environments as readonly string[]).includes(name);
}

/** Names of AWS resources are made from the stack's, and IAM allows 64 characters for a role. */
function checkStackName(stack: string, mistakes: Mistakes): void {
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(stack)) {
    mistakes.add("stack name", stack, "1 to 20 of a-z, 0-9 and -, starting with a letter");
  }
}
