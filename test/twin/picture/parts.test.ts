/** The parts of a stack's picture, from its resources. */
import assert from "node:assert/strict";

import type { Part, PartName } from "../../../twin/picture/part";
import { partNamed, partsOf } from "../../../twin/picture/parts";
import { evaluateStack } from "../../support/golden";

const factsOf = (parts: readonly Part[], name: PartName) =>
  parts.find(({ part }) => part === name)?.facts;

describe("twin/picture/parts", () => {
  it("dev: every part, with the numbers of its resources", async () => {
    const parts = partsOf(await evaluateStack("dev"));
    assert.deepEqual(
      parts.map(({ part }) => part),
      ["device", "sims", "vpg", "canal", "vpc", "endpoint", "identity", "bucket", "events"],
    );
    assert.deepEqual(factsOf(parts, "device"), [["ftpClient"], ["deviceRange", "10.128.0.0/9"]]);
    assert.deepEqual(factsOf(parts, "vpg"), [
      ["vpgType", 15],
      ["seenFrom", "100.64.0.0/16"],
      ["noInternet"],
    ]);
    assert.deepEqual(factsOf(parts, "canal"), [
      ["peering", true],
      ["leadsTo", "10.0.0.0/16"],
    ]);
    assert.deepEqual(factsOf(parts, "vpc"), [
      ["range", "10.0.0.0/16"],
      ["subnets", 2, "a, b"],
      ["routes", 2, "100.64.0.0/16"],
    ]);
    assert.deepEqual(factsOf(parts, "endpoint"), [
      ["transferFamily"],
      ["ports", "21, 8192-8200"],
      ["allowedFrom", "100.64.0.0/10"],
    ]);
    assert.deepEqual(factsOf(parts, "identity"), [
      ["overApi"],
      ["userStore", "DynamoDB"],
      ["lockout", 5, 900],
    ]);
    assert.equal(parts.find(({ part }) => part === "bucket")?.name, "canal-ftp-dev-files-bucket");
  });

  it("with another configuration: SIMs, zones, function without API, ports of its own VPC", async () => {
    const sims = ["8981100000000000001", "8981100000000000002", "8981100000000000003"];
    const parts = partsOf(
      await evaluateStack("dev", {
        "canal-ftp:simIds": JSON.stringify(sims),
        "canal-ftp:availabilityZones": "3",
        "canal-ftp:identityProvider": "lambda",
      }),
    );
    assert.deepEqual(factsOf(parts, "sims"), [["sims", 3]]);
    assert.deepEqual(factsOf(parts, "vpc")?.[1], ["subnets", 3, "a, b, c"]);
    assert.deepEqual(factsOf(parts, "identity")?.[0], ["overInvoke"]);
  });

  it("without Canal: the device comes before the VPC, without parts of SORACOM", async () => {
    const stack = await evaluateStack("dev", {
      "canal-ftp:canal": "none",
      "canal-ftp:allowedCidr": "10.0.0.0/16",
    });
    const parts = partsOf(stack);
    assert.deepEqual(
      parts.map(({ part }) => part),
      ["device", "vpc", "endpoint", "identity", "bucket", "events"],
    );
    assert.deepEqual(factsOf(parts, "device"), [["ftpClient"]]);
    assert.deepEqual(factsOf(parts, "endpoint")?.[2], ["allowedFrom", "10.0.0.0/16"]);
  });

  it("a peering without an accepter is shown as not accepted", async () => {
    const stack = await evaluateStack("dev");
    const resources = stack.resources.map((resource) =>
      resource.type.endsWith(":VpcPeeringConnectionAccepter")
        ? { ...resource, outputs: { ...resource.outputs, acceptStatus: "pending-acceptance" } }
        : resource,
    );
    const parts = partsOf({ ...stack, resources });
    assert.deepEqual(factsOf(parts, "canal")?.[0], ["peering", false]);
  });

  it("ignores resources of unknown types", async () => {
    const stack = await evaluateStack("dev");
    const unknown = { ...stack.resources[0], type: "aws:ssm/parameter:Parameter", outputs: {} };
    const resources = [unknown, ...stack.resources];
    assert.deepEqual(partsOf({ ...stack, resources }), partsOf(stack));
  });

  it("finds the part of a log line by the first resource it names, the longer name of two", () => {
    const part = (name: PartName, ...resources: string[]): Part => ({
      ...{ part: name, resources, facts: [] },
    });
    const parts = [part("vpc", "Route a-1", "Subnet b"), part("canal", "Route a-10")];
    assert.equal(partNamed(parts, "Route a-1 leads nowhere"), "vpc");
    assert.equal(partNamed(parts, "Route a-10 leads nowhere"), "canal");
    assert.equal(partNamed(parts, "Subnet b has no Route a-10"), "vpc");
    assert.equal(partNamed(parts, "nothing of ours"), undefined);
  });
});
