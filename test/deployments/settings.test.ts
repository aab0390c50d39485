import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { authKey, configuration, Registered, root, runDeployments } from "./support";

const golden = path.join(root, "test", "golden", "deployments.json");

/** Secrets are shown as such, never by their value. */
async function shown(value: unknown): Promise<unknown> {
  if (pulumi.runtime.isRpcSecret(value)) return "[secret]";
  if (Array.isArray(value)) return Promise.all(value.map(shown));
  if (value instanceof pulumi.asset.StringAsset) {
    return { asset: JSON.parse(await value.text) as unknown };
  }
  if (typeof value !== "object" || value === null) return value;
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  const entries = sorted.map(async ([key, inner]) => [key, await shown(inner)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function text(
  resources: readonly Registered[],
  outputs: Record<string, unknown>,
): Promise<string> {
  const all = resources.map(async ({ type, name, inputs }) => ({
    resource: `${type}::${name}`,
    inputs: await shown(inputs),
  }));
  const sorted = (await Promise.all(all)).sort((a, b) => (a.resource < b.resource ? -1 : 1));
  return `${JSON.stringify({ resources: sorted, outputs: await shown(outputs) }, undefined, 2)}\n`;
}

describe("deployments", () => {
  let made: Awaited<ReturnType<typeof runDeployments>>;
  before(async () => (made = await runDeployments(configuration)));
  const inputs = (type: string, name: string) =>
    made.resources.find((made) => made.type.endsWith(`:${type}`) && made.name === name)?.inputs;

  it("sends Pulumi Cloud what is in its golden file (renew with RENEW_GOLDEN=1)", async () => {
    const now = await text(made.resources, made.outputs);
    if (process.env.RENEW_GOLDEN) fs.writeFileSync(golden, now);
    assert.equal(now, fs.readFileSync(golden, "utf8"));
  });

  it("keeps keys and the webhook's address secret", async () => {
    assert.ok(pulumi.runtime.isRpcSecret(inputs("Environment", "dev")?.yaml));
    assert.ok(pulumi.runtime.isRpcSecret(inputs("Webhook", "dev")?.payloadUrl));
    const now = await text(made.resources, made.outputs);
    assert.ok(!now.includes(authKey) && !now.includes("hooks.slack.com"));
  });

  it("destroys by the clock what is like dev, and nothing else", () => {
    assert.ok(inputs("TtlSchedule", "dev") && inputs("DeploymentSchedule", "dev-destroy"));
    const prod = made.resources.filter(({ name }) => name.startsWith("prod"));
    assert.deepEqual(
      prod.map(({ type }) => type.split(":").pop()).sort(),
      ["DeploymentSettings", "DriftSchedule", "Webhook"].concat("Environment").sort(),
    );
  });

  it("previews pull requests with dev's role only", () => {
    const previews = (stack: string) =>
      (inputs("DeploymentSettings", stack)?.vcs as Record<string, unknown>).previewPullRequests;
    assert.deepEqual([previews("dev"), previews("prod")], [true, false]);
  });

  it("permits a stack's role to be assumed for this stack only", () => {
    const policies = made.outputs.trustPolicies as Record<
      string,
      { Statement: { Principal: unknown; Condition: Record<string, Record<string, string>> }[] }
    >;
    const [deployments, people] = policies.prod.Statement;
    assert.deepEqual(deployments.Principal, {
      Federated: "arn:aws:iam::222222222222:oidc-provider/api.pulumi.com/oidc",
    });
    const claims = ({ Condition }: typeof people) => [
      Condition.StringEquals["api.pulumi.com/oidc:aud"],
      Condition.StringLike["api.pulumi.com/oidc:sub"],
    ];
    assert.deepEqual(claims(deployments), [
      "acme",
      "pulumi:deploy:org:acme:project:canal-ftp:stack:prod:operation:*:scope:write",
    ]);
    assert.deepEqual(claims(people), [
      "aws:acme",
      "pulumi:environments:org:acme:env:canal-ftp/prod-aws",
    ]);
  });

  it("makes nothing with a configuration that cannot be used", async () => {
    await assert.rejects(
      runDeployments({ ...configuration, organization: "Acme", soracomSha256: "" }),
      (error: Error) =>
        /2 mistakes; nothing was created/.test(error.message) &&
        /canal-ftp-deployments:organization/.test(error.message) &&
        /canal-ftp-deployments:soracomSha256/.test(error.message),
    );
  });
});
