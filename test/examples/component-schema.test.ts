import assert from "node:assert/strict";

import { ComponentProvider } from "@pulumi/pulumi/provider/experimental";

import {
  Canary,
  DeviceDns,
  EndpointNetwork,
  FileStore,
  FtpServer,
  IdentityProvider,
  Operations,
  UploadEvents,
} from "../../components";
import { root } from "../support/golden";

interface Schema {
  readonly resources: Record<
    string,
    { readonly inputProperties?: object; readonly requiredInputs?: string[] }
  >;
}

describe("the components' schema for other languages", function () {
  this.timeout(300_000);

  it("has every component of AWS resources, with its arguments", async () => {
    const components = [
      Canary,
      DeviceDns,
      EndpointNetwork,
      FileStore,
      FtpServer,
      IdentityProvider,
      Operations,
      UploadEvents,
    ];
    const provider = new ComponentProvider({ components, dirname: root, name: "canal-ftp" });
    const { resources } = JSON.parse(await provider.getSchema()) as Schema;
    const names = components.map(({ name }) => `canal-ftp:index:${name}`);
    assert.deepEqual(Object.keys(resources).sort(), names.sort());
    const { requiredInputs, inputProperties } = resources["canal-ftp:index:FtpServer"];
    assert.deepEqual(requiredInputs, ["identity", "securityGroupId", "subnetIds", "vpcId"]);
    assert.deepEqual(Object.keys(inputProperties!).includes("tags"), true);
  });
});
