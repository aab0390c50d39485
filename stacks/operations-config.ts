import type { AlarmLimits } from "../components/operations/limits";
import { canaryUser } from "../lambdas/canary/user";
import type { Mistakes } from "./mistakes";
import type { SiteValues } from "./site-schema";

/** Monitoring settings of a site. */
export interface OperationsConfig {
  readonly alarmEmails: string[];
  readonly limits: AlarmLimits;
  readonly dashboard: boolean;
  /** Undefined: no budget. */
  readonly budgetUsd?: number;
  /** Minutes between two runs of the canary; undefined: no canary. */
  readonly canaryMinutes?: number;
  /** Whether silent devices are reported daily. */
  readonly silentDevicesReport: boolean;
}

export function operationsConfig(values: SiteValues): OperationsConfig {
  return {
    alarmEmails: values.alarmEmails,
    limits: {
      failedLogins: values.alarmFailedLogins,
      lockouts: values.alarmLockouts,
      failingNames: values.alarmFailingNames,
      loginSeconds: values.alarmLoginSeconds,
      serverErrors: values.alarmServerErrors,
      partialUploads: values.alarmPartialUploads,
      quietHours: values.alarmQuietHours,
      gigabytesPerDay: values.alarmGigabytesPerDay,
    },
    dashboard: values.dashboard,
    budgetUsd: values.budgetUsd,
    canaryMinutes: values.canary ? values.canaryMinutes : undefined,
    silentDevicesReport: values.silentDevicesReport,
  };
}

/** Addresses that a notification of a budget has (AWS Billing user guide, "Creating a budget"). */
const maxBudgetEmails = 10;

/** Values of which each is valid, but not together. */
export function checkOperations(
  {
    canary,
    budgetUsd,
    alarmEmails,
    silentDevicesReport,
    uploadEvents,
    userStore,
    users = [],
  }: Partial<SiteValues>,
  mistakes: Mistakes,
): void {
  if (budgetUsd !== undefined && alarmEmails?.length === 0) {
    const allowed = "0, or with an address in canal-ftp:alarmEmails to notify";
    mistakes.add("canal-ftp:budgetUsd", budgetUsd, allowed);
  }
  if (budgetUsd !== undefined && (alarmEmails?.length ?? 0) > maxBudgetEmails) {
    const allowed = `at most ${maxBudgetEmails} addresses with canal-ftp:budgetUsd, the maximum of AWS Budgets`;
    mistakes.add("canal-ftp:alarmEmails", `${alarmEmails?.length} addresses`, allowed);
  }
  if (silentDevicesReport && uploadEvents === false) {
    const allowed = "false with canal-ftp:uploadEvents false: the report reads their log";
    mistakes.add("canal-ftp:silentDevicesReport", true, allowed);
  }
  if (silentDevicesReport && alarmEmails?.length === 0) {
    const allowed = "false, or an address in canal-ftp:alarmEmails that receives the report";
    mistakes.add("canal-ftp:silentDevicesReport", true, allowed);
  }
  if (!canary) return;
  if (userStore === "secretsmanager") {
    const allowed = "false with canal-ftp:userStore secretsmanager: the canary's user is a record";
    mistakes.add("canal-ftp:canary", true, allowed);
  }
  const taken = users.find(({ name }) => name === canaryUser);
  if (taken) {
    const allowed = `another name, or canal-ftp:canary false: the canary is called ${canaryUser}`;
    mistakes.add("canal-ftp:users", { name: taken.name }, allowed);
  }
}

/** A resolver has addresses in two zones at least, and is the only resolver of its SIM group. */
export function checkDeviceName(valid: Partial<SiteValues>, mistakes: Mistakes): void {
  const { deviceName, existingVpc, canal, dnsServers = [] } = valid;
  const { availabilityZones, availabilityZoneNames = [] } = valid;
  if (deviceName === undefined) return;
  const zones =
    existingVpc?.subnetIds.length ?? (availabilityZoneNames.length || availabilityZones);
  if (zones === 1) {
    const allowed = "nothing in a site with one zone: AWS makes no resolver with one address";
    mistakes.add("canal-ftp:deviceName", deviceName, allowed);
  }
  if (canal !== "none" && dnsServers.length > 0) {
    const allowed = "none with canal-ftp:deviceName, which sets the resolver of the SIM group";
    mistakes.add("canal-ftp:dnsServers", dnsServers, allowed);
  }
}
