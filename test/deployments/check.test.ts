import assert from "node:assert/strict";

import { checkConfig } from "../../deployments/check";
import { authKey, configuration } from "./support";

const stacks = JSON.parse(configuration.stacks) as Record<string, Record<string, unknown>>;

function mistakes(changes: Record<string, unknown>): string[] {
  const values: Record<string, string> = { ...configuration };
  for (const [key, value] of Object.entries(changes)) {
    values[key] = typeof value === "string" ? value : JSON.stringify(value);
  }
  const checked = checkConfig(values);
  return "mistakes" in checked ? checked.mistakes : [];
}

const withStack = (name: string, changes: Record<string, unknown>) =>
  mistakes({ stacks: { ...stacks, [name]: { ...stacks[name], ...changes } } });

describe("deployments: configuration", () => {
  it("accepts a complete one, with defaults", () => {
    const checked = checkConfig(configuration);
    assert.ok("team" in checked);
    const [dev, prod] = checked.team.stacks;
    assert.equal(dev.base, "dev");
    assert.equal(prod.base, "prod");
    assert.equal(prod.driftCron, "23 5 * * *");
    assert.equal(prod.ttl, undefined);
  });

  const wrong: [string, () => string[], RegExp][] = [
    ["an unknown key", () => mistakes({ organisation: "x" }), /^organisation: no such key/],
    ["no checksum", () => mistakes({ soracomSha256: "" }), /^soracomSha256: "" given/],
    ["latest", () => mistakes({ soracomVersion: "latest" }), /^soracomVersion: "latest" given/],
    ["an address", () => mistakes({ repository: "https://github.com/a/b" }), /^repository:/],
    ["no stacks", () => mistakes({ stacks: {} }), /^stacks: none given/],
    ["stacks in a list", () => mistakes({ stacks: [] }), /^stacks: allowed: an object/],
    [
      "another webhook",
      () => mistakes({ slackWebhookUrl: "https://evil.test/" }),
      /^slackWebhookUrl/,
    ],
    [
      "a stack of no kind",
      () => mistakes({ stacks: { ...stacks, plant: stacks.dev } }),
      /plant\.base/,
    ],
    ["no role", () => withStack("dev", { roleArn: "dev" }), /^stacks\.dev\.roleArn: "dev" given/],
    ["a setting that is not", () => withStack("dev", { brunch: "x" }), /brunch: .*no such setting/],
    ["a word for a truth", () => withStack("dev", { previewPullRequests: "no" }), /true or false/],
    ["half a cron", () => withStack("dev", { driftCron: "5 *" }), /driftCron: "5 \*" given/],
    ["a local time", () => withStack("dev", { ttl: "2030-01-01T10:00" }), /a time in UTC/],
    ["no such day", () => withStack("dev", { ttl: "2030-13-01T10:00:00Z" }), /a time that exists/],
    ["an end of prod", () => withStack("prod", { ttl: "2030-01-01T10:00:00Z" }), /like dev/],
    ["evenings of prod", () => withStack("prod", { destroyCron: "0 9 * * *" }), /like dev/],
    ["prod on main", () => withStack("prod", { branch: "main" }), /deploys dev as well/],
    ["a key of no stack", () => mistakes({ soracomKeys: { x: {} } }), /^soracomKeys\.x: no such/],
  ];
  for (const [what, given, expected] of wrong) {
    it(`refuses ${what}`, () => {
      const lines = given();
      assert.ok(
        lines.some((line) => expected.test(line)),
        lines.join("\n"),
      );
    });
  }

  it("reports all mistakes together, and no secret", () => {
    const lines = mistakes({
      organization: "",
      soracomSha256: "abc",
      soracomKeys: { dev: { authKeyId: "wrong", authKey } },
      slackWebhookUrl: "http://hooks.slack.com/services/hidden",
    });
    assert.equal(lines.length, 4);
    assert.ok(!lines.join().includes(authKey) && !lines.join().includes("hidden"));
  });
});
