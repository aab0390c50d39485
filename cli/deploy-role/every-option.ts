/**
 * The settings with which the program creates every resource type that it can create, on top of the project's
 * defaults. test/cli/deploy-role/every-option.test.ts compares them with other configurations.
 */
export function everyOption(project: string): Record<string, string> {
  const own = {
    alarmEmails: '["operator@example.com"]',
    budgetUsd: "300",
    canary: "true",
    deviceName: "ftp.plant.internal",
  };
  return {
    "aws:region": "ap-northeast-1",
    ...Object.fromEntries(Object.entries(own).map(([key, value]) => [`${project}:${key}`, value])),
  };
}
