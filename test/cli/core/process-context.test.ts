import assert from "node:assert/strict";
import { once } from "node:events";
import * as fs from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";

import { findProject, processContext } from "../../../cli/core/process-context";

describe("findProject", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-project-"));
  const inner = path.join(folder, "deployments", "notes");
  fs.mkdirSync(inner, { recursive: true });
  after(() => fs.rmSync(folder, { recursive: true }));
  const addProject = (at: string) => fs.writeFileSync(path.join(at, "Pulumi.yaml"), "name: x\n");

  it("returns the nearest folder with a Pulumi.yaml, upwards", () => {
    assert.equal(findProject(inner), undefined);
    addProject(folder);
    assert.equal(findProject(inner), folder);
    assert.equal(findProject(folder), folder);
    addProject(path.dirname(inner));
    assert.equal(findProject(inner), path.dirname(inner));
  });

  it("prefers a folder with stacks to a project inside it", () => {
    fs.mkdirSync(path.join(folder, "stacks"));
    assert.equal(findProject(inner), folder);
  });
});

describe("processContext", () => {
  it("calls AWS, and has by how much this clock is ahead of the service's", async () => {
    const server = createServer((_, response) => {
      response.setHeader("Date", new Date(Date.now() - 3_600_000).toUTCString());
      response.end(
        "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>",
      );
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "not-a-real-key" };
    const signals = ["SIGINT", "SIGTERM"] as const;
    const before = signals.map((signal) => process.listeners(signal));
    const api = processContext().aws({ region: "ap-northeast-1", endpoint, credentials });
    try {
      assert.equal(api.clockSkew?.("STS"), undefined);
      assert.deepEqual(
        (await api.call<{ Account: string }>("STS", "GetCallerIdentity")).Account,
        "123456789012",
      );
      assert.equal(Math.round((api.clockSkew?.("STS") ?? 0) / 60), 60);
    } finally {
      for (const [index, signal] of signals.entries()) {
        const added = process.listeners(signal).filter((each) => !before[index].includes(each));
        for (const listener of added) process.off(signal, listener);
      }
      server.closeAllConnections();
      server.close();
    }
  });
});
