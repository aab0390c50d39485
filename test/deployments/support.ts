import * as path from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { program } from "../../deployments/program";

export const root = path.join(__dirname, "..", "..");
export const folder = path.join(root, "deployments");

export const sha256 = "0123456789abcdef".repeat(4);
export const authKey = "secret-Qv7kZs81Ldm2";

/** Settings of a team with the two stacks of the project. */
export const configuration = {
  organization: "acme",
  repository: "acme/canal-ftp",
  soracomSha256: sha256,
  soracomVersion: "1.7.0",
  slackWebhookUrl: "https://hooks.slack.com/services/T0/B0/x7Yq",
  stacks: JSON.stringify({
    dev: {
      branch: "main",
      roleArn: "arn:aws:iam::111111111111:role/canal-ftp-dev-deploy",
      ttl: "2030-01-31T18:00:00Z",
      destroyCron: "0 10 * * 1-5",
    },
    prod: { branch: "production", roleArn: "arn:aws:iam::222222222222:role/canal-ftp-prod-deploy" },
  }),
  soracomKeys: JSON.stringify({ dev: { authKeyId: "keyId-Ab12", authKey } }),
} as const;

export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
}

/** Runs deployments/ with Pulumi's own runtime. Nothing is asked of Pulumi Cloud. */
export async function runDeployments(
  values: Readonly<Record<string, string>>,
): Promise<{ resources: Registered[]; outputs: Record<string, unknown> }> {
  const resources: Registered[] = [];
  const project = "canal-ftp-deployments";
  await pulumi.runtime.setMocks(
    {
      newResource({ type, name, inputs }) {
        if (type !== "pulumi:pulumi:Stack") resources.push({ type, name, inputs });
        return { id: `${name}-id`, state: inputs };
      },
      call: ({ token }) => {
        throw new Error(`unexpected look-up ${token}`);
      },
    },
    project,
    "main",
    false,
  );
  pulumi.runtime.setAllConfig(
    Object.fromEntries(Object.entries(values).map(([key, value]) => [`${project}:${key}`, value])),
  );
  try {
    const outputs = await pulumi.runtime.runInPulumiStack(async () => program());
    return { resources, outputs: outputs as Record<string, unknown> };
  } finally {
    await pulumi.runtime.disconnect();
  }
}
