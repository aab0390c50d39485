import type { ExistingVpc } from "../components/endpoint-network";
import type { AlarmLimits } from "../components/operations/limits";
import { canaryUser } from "../lambdas/canary/user";
import type { LoginConfig } from "./login-config";
import type { Mistakes } from "./mistakes";
import type { Reader } from "./reader";
import type { UserConfig } from "./rules";

/** How a site is watched. */
export interface OperationsConfig {
  readonly alarmEmails: string[];
  readonly limits: AlarmLimits;
  readonly dashboard: boolean;
  /** Undefined: no budget. */
  readonly budgetUsd?: number;
  /** Minutes between two runs of the canary; undefined: no canary. */
  readonly canaryMinutes?: number;
}

const emails = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** An alarm looks back seven days at the most (CloudWatch API reference, PutMetricAlarm). */
const mostHours = 7 * 24;

/** Periods of an alarm are whole minutes up to an hour here, and two of them have to fit into its day. */
const mostCanaryMinutes = 60;

/** The keys of operations, each checked by itself. */
export function readOperations(read: Reader): OperationsConfig {
  const limit = (key: string, most: number) => read.wholeNumber(key, 0, most);
  const hasCanary = read.flag("canary");
  const canaryMinutes = read.wholeNumber("canaryMinutes", 1, mostCanaryMinutes);
  return {
    alarmEmails: read.list("alarmEmails", emails, "an e-mail address such as ops@example.com"),
    limits: {
      failedLogins: limit("alarmFailedLogins", 1_000_000),
      lockouts: limit("alarmLockouts", 1_000_000),
      loginSeconds: limit("alarmLoginSeconds", 15),
      serverErrors: limit("alarmServerErrors", 1_000_000),
      partialUploads: limit("alarmPartialUploads", 1_000_000),
      quietHours: limit("alarmQuietHours", mostHours),
      gigabytesPerDay: limit("alarmGigabytesPerDay", 1_000_000),
    },
    dashboard: read.flag("dashboard"),
    budgetUsd: limit("budgetUsd", 1_000_000) || undefined,
    canaryMinutes: hasCanary ? canaryMinutes : undefined,
  };
}

/** The values that do not go together. */
export function checkOperations(
  { canaryMinutes, budgetUsd, alarmEmails }: OperationsConfig,
  login: LoginConfig,
  users: readonly UserConfig[],
  mistakes: Mistakes,
): void {
  if (budgetUsd !== undefined && alarmEmails.length === 0) {
    const allowed = "0, or an address in canal-ftp:alarmEmails that is notified";
    mistakes.add("canal-ftp:budgetUsd", budgetUsd, allowed);
  }
  if (canaryMinutes === undefined) return;
  if (login.userStore === "secretsmanager") {
    const allowed = "false with canal-ftp:userStore secretsmanager: the canary's user is a record";
    mistakes.add("canal-ftp:canary", true, allowed);
  }
  const taken = users.find(({ name }) => name === canaryUser);
  if (taken) {
    const allowed = `another name, or canal-ftp:canary false: the canary is called ${canaryUser}`;
    mistakes.add("canal-ftp:users", { name: taken.name }, allowed);
  }
}

const deviceNames =
  /^(?=.{1,32}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?){2,}$/;

/** The short name of the server, or undefined for none. Many devices' fields hold 32 characters. */
export function readDeviceName(read: Reader): string | undefined {
  return read.optional(
    "deviceName",
    deviceNames,
    "a name of 32 characters at most and three parts at least, such as ftp.plant.internal, or nothing",
  );
}

/** A resolver stands in two zones at least, and is the only one its SIM group has. */
export function checkDeviceName(
  site: {
    readonly deviceName?: string;
    readonly availabilityZones: number;
    readonly existingVpc?: ExistingVpc;
    readonly canal?: { readonly dnsServers: readonly string[] };
  },
  mistakes: Mistakes,
): void {
  const { deviceName, availabilityZones, existingVpc, canal } = site;
  if (deviceName === undefined) return;
  const zones = existingVpc?.subnetIds.length ?? availabilityZones;
  if (zones < 2) {
    const allowed = "nothing in a site with one zone: AWS makes no resolver with one address";
    mistakes.add("canal-ftp:deviceName", deviceName, allowed);
  }
  if (canal && canal.dnsServers.length > 0) {
    const allowed = "none with canal-ftp:deviceName, whose resolver the SIM group gets";
    mistakes.add("canal-ftp:dnsServers", canal.dnsServers, allowed);
  }
}
