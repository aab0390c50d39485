import assert from "node:assert/strict";

import { evaluate } from "../../lib/stack/evaluate";
import { providers } from "../../resources";
import { readSiteConfig } from "../../stacks/config";
import type { SiteConfig } from "../../stacks/site-config";
import { ownDefaults } from "../support/stack-values";

async function read(
  project: string,
  values: Record<string, string>,
  namespace = project,
): Promise<SiteConfig> {
  let config: SiteConfig | undefined;
  const entries = Object.entries(values).map(([key, value]) => [`${namespace}:${key}`, value]);
  await evaluate({
    program: () => {
      config = readSiteConfig();
      return {};
    },
    providers,
    project,
    stack: "dev",
    config: { ...Object.fromEntries(entries), "aws:region": "ap-northeast-1" },
  });
  return config!;
}

describe("stacks/config", () => {
  it("reads the project's own keys, under another name of the project, too", async () => {
    for (const project of ["canal-ftp", "plant-ftp"]) {
      const { stack, vpcCidr } = await read(project, ownDefaults());
      assert.deepEqual([stack, vpcCidr], ["dev", "10.0.0.0/16"]);
    }
  });

  it("reports every mistake in one message", async () => {
    const wrong = { ...ownDefaults(), vpcCidr: "8.8.8.0/24", scryptLn: "4" };
    await assert.rejects(read("canal-ftp", wrong), ({ message }: Error) => {
      assert.match(message, /Pulumi\.dev\.yaml has 2 mistakes;/);
      assert.match(message, /canal-ftp:scryptLn: .*\n {2}canal-ftp:vpcCidr: /);
      return true;
    });
  });

  it("names the keys to rename in a project of another name", async () => {
    await assert.rejects(
      read("plant-ftp", ownDefaults(), "canal-ftp"),
      /has keys of canal-ftp, and this project is called plant-ftp/,
    );
  });
});
