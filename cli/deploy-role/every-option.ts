import type { Resource } from "../../lib/stack/resource";

/**
 * The settings, in addition to the project's defaults, with which the program creates every resource type that it can
 * create. test/cli/deploy-role/every-option.test.ts compares them with other configurations.
 */
export function everyOption(project: string): Record<string, string> {
  const own = {
    alarmEmails: '["operator@example.com"]',
    budgetUsd: "300",
    canary: "true",
    silentDevicesReport: "true",
    deviceName: "ftp.plant.internal",
  };
  return {
    "aws:region": "ap-northeast-1",
    ...Object.fromEntries(Object.entries(own).map(([key, value]) => [`${project}:${key}`, value])),
  };
}

/**
 * What an update may have to delete of the resources that the program creates with every option: all but a network of
 * its own. Its parts have ids that AWS generates, so the role of a stack in an existing VPC could delete any VPC.
 */
export function removable(resources: readonly Resource[]): Resource[] {
  return resources.filter(
    ({ type, parent = "" }) => !type.startsWith("awsx:") && !parent.startsWith("awsx:"),
  );
}
