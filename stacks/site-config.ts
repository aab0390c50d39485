/** The configuration of a site, checked as a whole and without Pulumi's types. */
import { type CanalConfig, canalConfig, checkSimGroup, readSims } from "./canal-config";
import { checkLogin, type LoginConfig, loginConfig } from "./login-config";
import { Mistakes } from "./mistakes";
import {
  checkDeviceName,
  checkOperations,
  type OperationsConfig,
  operationsConfig,
} from "./operations-config";
import { readValues, refuseUnknownKeys } from "./read-values";
import { checkNetworks, checkRegion, checkZoneNames } from "./rules";
import { environments, type ExistingVpcConfig, type SiteValues } from "./site-schema";
import { checkNames } from "./stack-name";

/** The project's name in the repository, and in the keys of its stack files. */
export const originalProject = "canal-ftp";

/** A user created with the stack. The password is a secret: it is hashed before it is used anywhere. */
export type UserConfig = SiteValues["users"][number];

/** A checked configuration: every value is allowed by itself and together with the others. */
export interface SiteConfig {
  readonly stack: string;
  readonly environment: SiteValues["base"];
  readonly region: string;
  readonly vpcCidr: string;
  readonly availabilityZones: number;
  /** The same zones by name; none: the program chooses them. */
  readonly availabilityZoneNames: string[];
  readonly existingVpc?: ExistingVpcConfig;
  /** Undefined: a site without SORACOM, which clients reach by other means. */
  readonly canal?: CanalConfig;
  /** A CIDR block, or "vpg" for the range SORACOM allots to the VPG. */
  readonly allowedCidr: string;
  readonly identityProvider: SiteValues["identityProvider"];
  readonly login: LoginConfig;
  readonly users: UserConfig[];
  readonly bucketName?: string;
  readonly kmsKeyArn?: string;
  /** Undefined: the user table is encrypted with a key that DynamoDB owns. */
  readonly tableKmsKeyArn?: string;
  readonly oldVersionDays: number;
  /** Undefined: files are kept permanently. */
  readonly expireAfterDays?: number;
  /** Whether uploads are checked and logged. */
  readonly uploadEvents: boolean;
  readonly uploadDelaySeconds: number;
  readonly uploadLogDays: number;
  readonly logRetentionDays: number;
  readonly operations: OperationsConfig;
  /** A short name of the server for devices; undefined: they use its long name, or an address. */
  readonly deviceName?: string;
}

/**
 * Checks a stack's configuration.
 *
 * @param stack - The stack's name.
 * @param region - The value of `aws:region`, if there is one.
 * @param values - The project's own keys, without their namespace, as texts (lists and objects as JSON).
 * @param project - The project's name. Default: the repository's.
 * @returns The checked configuration, or every mistake in it, one line each.
 */
export function checkConfig(
  stack: string,
  region: string | undefined,
  values: Readonly<Record<string, string>>,
  project = originalProject,
): { config: SiteConfig } | { mistakes: string[] } {
  const mistakes = new Mistakes();
  refuseUnknownKeys(Object.keys(values), mistakes);
  checkNames(project, stack, mistakes);
  const base = values.base || (isEnvironment(stack) ? stack : "");
  const valid = readValues({ ...values, base }, mistakes);
  const siteRegion = checkRegion(region, valid, mistakes);
  checkZoneNames(siteRegion, valid, mistakes);
  const simIds = readSims(valid, mistakes);
  checkSimGroup(valid, mistakes);
  checkNetworks(valid, mistakes);
  checkLogin(valid, mistakes);
  checkOperations(valid, mistakes);
  checkDeviceName(valid, mistakes);
  if (mistakes.lines.length > 0) return { mistakes: mistakes.lines };

  const all = valid as SiteValues;
  return {
    config: {
      stack,
      environment: all.base,
      region: siteRegion,
      vpcCidr: all.vpcCidr,
      availabilityZones: all.availabilityZoneNames.length || all.availabilityZones,
      availabilityZoneNames: all.availabilityZoneNames,
      existingVpc: all.existingVpc,
      canal: canalConfig(all, simIds),
      allowedCidr: all.allowedCidr,
      identityProvider: all.identityProvider,
      login: loginConfig(all),
      users: all.users,
      bucketName: all.bucketName,
      kmsKeyArn: all.kmsKeyArn,
      tableKmsKeyArn: all.tableKmsKeyArn,
      oldVersionDays: all.oldVersionDays,
      expireAfterDays: all.expireAfterDays,
      uploadEvents: all.uploadEvents,
      uploadDelaySeconds: all.uploadDelaySeconds,
      uploadLogDays: all.uploadLogDays,
      logRetentionDays: all.logRetentionDays,
      operations: operationsConfig(all),
      deviceName: all.deviceName,
    },
  };
}

function isEnvironment(name: string): boolean {
  return (environments as readonly string[]).includes(name);
}
