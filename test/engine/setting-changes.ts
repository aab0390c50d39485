import * as fs from "node:fs";
import * as path from "node:path";

import { Account } from "../../fakes/pulumi/aws/account";
import { keys } from "../../stacks/site-schema";
import { root } from "../support/stack-values";
import type { Workplace } from "./workplace";

/** One change of the configuration: keys with their new values, as `pulumi config set` takes them. */
export interface SettingChange {
  /** The setting that is tried; others change only where it requires them. */
  readonly key: string;
  readonly set: Readonly<Record<string, string>>;
  /** Whether it can reach a Command of the SORACOM driver, whose outputs a preview may not know. */
  readonly reachesCommands?: boolean;
  /** What has to exist before, with an effect on the values. */
  readonly prepare?: (place: Workplace) => Record<string, string>;
}

/** What the stack is like before the first change; each change is made on top of those before it. */
export const startingConfig = {
  simIds: '["8981100000000000000"]',
  canary: "true",
  alarmEmails: '["operations@example.com"]',
};

const change = (
  key: string,
  value: string,
  more: Partial<SettingChange> & { also?: Record<string, string> } = {},
): SettingChange => ({
  key,
  set: { [key]: value, ...more.also },
  reachesCommands: more.reachesCommands,
  prepare: more.prepare,
});

const soracom = { reachesCommands: true };

function addSimFile({ folder }: Workplace): Record<string, string> {
  const file = path.join(folder, "sims.csv");
  fs.writeFileSync(file, "simId\n8981100000000000018\n");
  return { simFile: path.relative(root, file) };
}

const givenVpgId = "0a1b2c3d-0000-0000-0000-000000000000";

/** A running VPG of another owner. */
function addVpg({ soracom }: Workplace): Record<string, string> {
  const [like] = soracom.world.vpgs.values();
  soracom.world.vpgs.set(givenVpgId, {
    ...like,
    vpgId: givenVpgId,
    status: "running",
    range: 77,
    tags: {},
    peerings: null,
    readsLeft: 0,
  });
  return {};
}

/** A VPC with two subnets and a table, none of them the stack's. */
function addVpc({ env }: Workplace): Record<string, string> {
  const account = new Account(env.TWIN_ACCOUNT);
  const add = (type: string, id: string, properties: Record<string, unknown>) =>
    account.save({ type, name: id, id, inputs: properties, outputs: { id, ...properties } });
  const vpcId = "vpc-0aaa";
  add("aws:ec2/vpc:Vpc", vpcId, { cidrBlock: "172.16.0.0/16", enableDnsHostnames: true });
  add("aws:ec2/routeTable:RouteTable", "rtb-0aaa", { vpcId });
  const subnetIds = ["subnet-0aaa", "subnet-0ccc"];
  for (const [index, subnetId] of subnetIds.entries()) {
    const availabilityZone = `ap-northeast-1${"ac"[index]}`;
    const cidrBlock = `172.16.${index}.0/24`;
    add("aws:ec2/subnet:Subnet", subnetId, { vpcId, availabilityZone, cidrBlock });
    add("aws:ec2/routeTableAssociation:RouteTableAssociation", `rtbassoc-${subnetId}`, {
      subnetId,
      routeTableId: "rtb-0aaa",
    });
  }
  const existingVpc = { vpcId, cidr: "172.16.0.0/16", subnetIds, routeTableIds: ["rtb-0aaa"] };
  return { existingVpc: JSON.stringify(existingVpc) };
}

/** Every setting, in an order in which each change is valid after the one before it. */
export const settingChanges: readonly SettingChange[] = [
  // To prod, whose protection refuses replacements, and back.
  change("base", "prod", soracom),
  change("base", "dev", soracom),
  change("availabilityZones", "3", soracom),
  change("dnsServers", '["10.0.0.2"]', soracom),
  change("dnsServers", "[]", soracom),
  change("simIds", '["8981100000000000000","8981100000000000018"]', soracom),
  change("simFile", "", { ...soracom, also: { simIds: "[]" }, prepare: addSimFile }),
  change("allowedCidr", "100.64.0.0/12"),
  change("allowedCidr", "vpg", soracom),
  change("deviceName", "ftp.plant.internal", soracom),
  change("lockoutFailures", "4"),
  change("lockoutUserFailures", "50"),
  change("lockoutWindowSeconds", "600"),
  change("rememberSeconds", "300"),
  change("scryptLn", "13"),
  change("users", '[{"name":"plc02","password":"k3Jd82hsQp0xYtz"}]'),
  change("oldVersionDays", "9"),
  change("expireAfterDays", "90"),
  change("kmsKeyArn", `arn:aws:kms:ap-northeast-1:123456789012:key/${"0a1b2c3d".repeat(4)}`),
  change("tableKmsKeyArn", `arn:aws:kms:ap-northeast-1:123456789012:key/${"1b2c3d4e".repeat(4)}`),
  change("silentDevicesReport", "true"),
  change("uploadDelaySeconds", "60"),
  change("uploadLogDays", "31"),
  change("logRetentionDays", "30"),
  change("alarmEmails", '["operations@example.com","plant@example.com"]'),
  change("budgetUsd", "300"),
  change("alarmFailedLogins", "21"),
  change("alarmLockouts", "0"),
  change("alarmFailingNames", "7"),
  change("alarmLoginSeconds", "6"),
  change("alarmServerErrors", "11"),
  change("alarmPartialUploads", "12"),
  change("alarmQuietHours", "24"),
  change("alarmGigabytesPerDay", "50"),
  change("dashboard", "false"),
  change("canaryMinutes", "10"),
  change("canary", "false"),
  change("uploadEvents", "false", { also: { silentDevicesReport: "false" } }),
  change("identityProvider", "lambda"),
  change("userStore", "secretsmanager", { also: { users: "[]" } }),
  change("secretName", "SFTP/{user}"),
  change("bucketName", "another-name-for-the-files"),
  change("availabilityZoneNames", '["ap-northeast-1a","ap-northeast-1c"]', {
    ...soracom,
    also: { availabilityZones: "2" },
  }),
  change("deviceCidr", "10.200.0.0/16", soracom),
  change("vpcCidr", "10.1.0.0/16", soracom),
  change("existingVpc", "", { ...soracom, prepare: addVpc }),
  change("vpgId", givenVpgId, { ...soracom, prepare: addVpg }),
  change("coverage", "g", { ...soracom, also: { vpgId: "" } }),
  change("canal", "none", { ...soracom, also: { allowedCidr: "10.0.0.0/8" } }),
];

/** Settings that no change tries, each with the reason. */
export const untriedSettings: Readonly<Record<string, string>> = {
  soracomOwner: "it is for the first update of a stack whose state was lost",
  simGroupId: "the tests of the driver change it, with a group that existed before",
};

/** Settings that are neither tried nor explained. */
export const forgottenSettings = (): string[] =>
  keys.filter(
    (key) => untriedSettings[key] === undefined && !settingChanges.some((one) => one.key === key),
  );
