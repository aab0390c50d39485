import assert from "node:assert/strict";

import { configuration, runDeployments } from "./support";

describe("deployments/config", () => {
  it("stops with all mistakes in one message, and no secret, before anything is created", async () => {
    const values = {
      ...configuration,
      repository: "x",
      soracomVersion: "latest",
      slackWebhookUrl: "http://hooks.slack.com/services/hidden",
    };
    await assert.rejects(runDeployments(values), ({ message }: Error) => {
      assert.match(message, /The configuration has 3 mistakes; nothing was created:/);
      assert.match(message, /^ {2}canal-ftp-deployments:repository: "x" given; /m);
      assert.match(message, /^ {2}canal-ftp-deployments:soracomVersion: "latest" given; /m);
      assert.doesNotMatch(message, /hidden/);
      return true;
    });
  });

  it("counts one mistake in the singular", async () => {
    const run = runDeployments({ ...configuration, repository: "x" });
    await assert.rejects(run, /The configuration has 1 mistake; /);
  });
});
