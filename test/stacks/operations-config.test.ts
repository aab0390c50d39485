import assert from "node:assert/strict";

import { usualLimits } from "../../components/operations/limits";
import { checkConfig, SiteConfig } from "../../stacks/site-config";
import { ownDefaults } from "../support/stack-values";

/** Dev's file switches the canary off. */
const defaults: Record<string, string> = { ...ownDefaults(), canary: "true" };

const check = (changes: Record<string, string>) =>
  checkConfig("dev", "ap-northeast-1", { ...defaults, ...changes });

function accepted(changes: Record<string, string> = {}): SiteConfig {
  const result = check(changes);
  assert.ok("config" in result, JSON.stringify(result));
  return result.config;
}

function mistakes(changes: Record<string, string>): string[] {
  const result = check(changes);
  assert.ok("mistakes" in result, "the configuration was accepted");
  return result.mistakes;
}

describe("stacks/operations-config", () => {
  it("takes the project's defaults for the component's own", () => {
    const { operations, deviceName, uploadEvents } = accepted();
    assert.deepEqual(operations, {
      alarmEmails: [],
      limits: usualLimits,
      dashboard: true,
      budgetUsd: undefined,
      silentDevicesReport: false,
      canaryMinutes: 5,
    });
    assert.deepEqual([deviceName, uploadEvents], [undefined, true]);
  });

  it("takes as many addresses as a budget notifies, and more without a budget", () => {
    const emails = (count: number) =>
      JSON.stringify(Array.from({ length: count }, (_, i) => `operator${i}@example.com`));
    assert.equal(
      accepted({ alarmEmails: emails(10), budgetUsd: "300" }).operations.alarmEmails.length,
      10,
    );
    assert.equal(accepted({ alarmEmails: emails(11) }).operations.alarmEmails.length, 11);
    assert.deepEqual(mistakes({ alarmEmails: emails(11), budgetUsd: "300" }), [
      'canal-ftp:alarmEmails: "11 addresses" given; allowed: at most 10 addresses with canal-ftp:budgetUsd, the maximum of AWS Budgets',
    ]);
  });

  it("reports all mistakes together, one line each, with what was given and what is allowed", () => {
    const lines = mistakes({
      alarmEmails: '["ops"]',
      alarmFailedLogins: "-1",
      alarmLockouts: "often",
      alarmLoginSeconds: "16",
      alarmServerErrors: "1.5",
      alarmPartialUploads: "",
      alarmQuietHours: "169",
      alarmGigabytesPerDay: "1000001",
      dashboard: "yes",
      budgetUsd: "-5",
      canaryMinutes: "61",
      deviceName: "ftp",
      uploadEvents: "maybe",
      uploadLogDays: "0",
    });
    const expected = [
      /^canal-ftp:uploadEvents: "maybe" given; allowed: true or false$/,
      /^canal-ftp:uploadLogDays: "0" given; allowed: a whole number from 1 to 3650$/,
      /^canal-ftp:canaryMinutes: "61" given; allowed: a whole number from 1 to 60$/,
      /^canal-ftp:alarmEmails: "ops" given; allowed: an e-mail address such as/,
      /^canal-ftp:alarmFailedLogins: "-1" given; allowed: a whole number from 0 to 1000000$/,
      /^canal-ftp:alarmLockouts: "often" given; /,
      /^canal-ftp:alarmLoginSeconds: "16" given; allowed: a whole number from 0 to 15$/,
      /^canal-ftp:alarmServerErrors: "1\.5" given; /,
      /^canal-ftp:alarmPartialUploads: "" given; /,
      /^canal-ftp:alarmQuietHours: "169" given; allowed: a whole number from 0 to 168$/,
      /^canal-ftp:alarmGigabytesPerDay: "1000001" given; /,
      /^canal-ftp:dashboard: "yes" given; allowed: true or false$/,
      /^canal-ftp:budgetUsd: "-5" given; allowed: a whole number from 0 to 1000000$/,
      /^canal-ftp:deviceName: "ftp" given; allowed: a name of 32 characters at most and three parts/,
    ];
    for (const form of expected) {
      assert.equal(
        lines.filter((line) => form.test(line)).length,
        1,
        `${form}\n${lines.join("\n")}`,
      );
    }
    assert.equal(lines.length, expected.length);
  });

  it("takes every limit at both ends, and 0 for none", () => {
    const ends: [string, keyof typeof usualLimits, number][] = [
      ["alarmFailedLogins", "failedLogins", 1_000_000],
      ["alarmLockouts", "lockouts", 1_000_000],
      ["alarmFailingNames", "failingNames", 1_000_000],
      ["alarmLoginSeconds", "loginSeconds", 15],
      ["alarmServerErrors", "serverErrors", 1_000_000],
      ["alarmPartialUploads", "partialUploads", 1_000_000],
      ["alarmQuietHours", "quietHours", 168],
      ["alarmGigabytesPerDay", "gigabytesPerDay", 1_000_000],
    ];
    for (const [key, limit, most] of ends) {
      for (const value of [0, most]) {
        assert.equal(accepted({ [key]: String(value) }).operations.limits[limit], value, key);
      }
    }
  });

  it("reports silent devices from a log, and to an address", () => {
    const alarmEmails = '["ops@example.com"]';
    const report = { silentDevicesReport: "true" };
    assert.equal(accepted({ ...report, alarmEmails }).operations.silentDevicesReport, true);
    assert.deepEqual(mistakes(report), [
      "canal-ftp:silentDevicesReport: true given; allowed: false, or an address in canal-ftp:alarmEmails that receives the report",
    ]);
    assert.deepEqual(mistakes({ ...report, alarmEmails, uploadEvents: "false" }), [
      "canal-ftp:silentDevicesReport: true given; allowed: false with canal-ftp:uploadEvents false: the report reads their log",
    ]);
    assert.match(mistakes({ silentDevicesReport: "24" })[0], /silentDevicesReport: "24" given/);
  });

  it("requires an address that a budget notifies", () => {
    assert.deepEqual(mistakes({ budgetUsd: "500" }), [
      "canal-ftp:budgetUsd: 500 given; allowed: 0, or with an address in canal-ftp:alarmEmails to notify",
    ]);
    const config = accepted({ budgetUsd: "500", alarmEmails: '["ops@example.com"]' });
    assert.equal(config.operations.budgetUsd, 500);
  });

  it("has no canary when it is switched off, for any interval", () => {
    const { canaryMinutes } = accepted({ canary: "false", canaryMinutes: "7" }).operations;
    assert.equal(canaryMinutes, undefined);
    assert.equal(accepted({ canaryMinutes: "7" }).operations.canaryMinutes, 7);
  });

  it("keeps the canary's name for the canary, as long as there is one", () => {
    const users = '[{"name":"canary","password":"k3Jd82hsQp0xYtz"}]';
    const [line, ...more] = mistakes({ users });
    assert.match(line, /^canal-ftp:users: .*"canary".* the canary is called canary$/);
    assert.doesNotMatch(line, /k3Jd/);
    assert.deepEqual(more, []);
    assert.equal(accepted({ users, canary: "false" }).users[0].name, "canary");
  });

  it("has no canary with users in Secrets Manager, as its user is a record of the table", () => {
    const [line] = mistakes({ userStore: "secretsmanager" });
    assert.match(line, /^canal-ftp:canary: true given; allowed: false with canal-ftp:userStore/);
    assert.ok(accepted({ userStore: "secretsmanager", canary: "false" }));
  });

  for (const name of [
    "ftp.plant.internal",
    "a.b.c",
    `${"f".repeat(21)}.x.internal`,
    "f-1.p.local",
  ]) {
    it(`takes ${name} as the devices' name`, () => {
      assert.equal(accepted({ deviceName: name }).deviceName, name);
    });
  }

  for (const name of [
    "plant.internal",
    "FTP.plant.internal",
    "-ftp.plant.internal",
    "ftp..internal",
    "ftp.plant.internal.",
    `${"f".repeat(22)}.x.internal`,
  ]) {
    it(`refuses ${name} as the devices' name`, () => {
      assert.match(mistakes({ deviceName: name })[0], /^canal-ftp:deviceName: /);
    });
  }

  it("requires two zones for a name, in its own VPC or an existing one", () => {
    const deviceName = "ftp.plant.internal";
    assert.match(mistakes({ deviceName, availabilityZones: "1" })[0], /one zone: AWS makes no/);
    const existing = { vpcId: "vpc-0a1b", cidr: "172.16.0.0/16", routeTableIds: ["rtb-0a"] };
    const existingVpc = (subnetIds: string[]) => JSON.stringify({ ...existing, subnetIds });
    const one = { deviceName, existingVpc: existingVpc(["subnet-0a"]) };
    assert.match(mistakes(one)[0], /one zone/);
    assert.ok(accepted({ deviceName, existingVpc: existingVpc(["subnet-0a", "subnet-0b"]) }));
  });

  it("gives the SIM group one kind of resolver: yours, or the name's", () => {
    const dnsServers = '["10.0.0.2"]';
    const [line] = mistakes({ deviceName: "ftp.plant.internal", dnsServers });
    assert.match(line, /^canal-ftp:dnsServers: .* none with canal-ftp:deviceName/);
    assert.deepEqual(accepted({ dnsServers }).canal?.dnsServers, ["10.0.0.2"]);
  });
});
