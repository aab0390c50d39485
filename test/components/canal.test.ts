import assert from "node:assert/strict";

import { Canal } from "../../components/canal";
import { SimGroup } from "../../components/sim-group";
import { VirtualPrivateGateway, VirtualPrivateGatewayArgs } from "../../components/vpg";
import type { Resource } from "../../lib/stack/resource";
import { make } from "../support/evaluate-component";

const vpgArgs: VirtualPrivateGatewayArgs = {
  coverage: "jp",
  region: "ap-northeast-1",
  owner: "other-program/test/k3j9x2ab4m",
};

const canalArgs = {
  vpcId: "vpc-1",
  vpcCidr: "10.0.0.0/16",
  region: "ap-northeast-1",
  accountId: "123456789012",
  routeTableIds: ["rtb-1", "rtb-2"],
};

const specOf = (command: Resource) =>
  JSON.parse((command.inputs.environment as Record<string, string>).CANAL_FTP_SPEC) as Record<
    string,
    unknown
  >;

describe("components/VirtualPrivateGateway", () => {
  it("requests a closed Type-F VPG, and replaces it for changes that are not possible in place", async () => {
    const { child } = await make("gate", () => new VirtualPrivateGateway("gate", vpgArgs));
    const command = child("gateway");
    assert.deepEqual(specOf(command), {
      coverage: "jp",
      region: "ap-northeast-1",
      type: 15,
      useInternetGateway: false,
      deviceCidr: "10.128.0.0/9",
      owner: "other-program/test/k3j9x2ab4m/gate",
      name: "gate",
    });
    assert.deepEqual(command.inputs.triggers, ["jp", "ap-northeast-1", 15, false, "10.128.0.0/9"]);
  });

  it("sets tags by a separate Command, so that a changed tag does not update the VPG's Command", async () => {
    const tags = { team: "plant" };
    const { child } = await make(
      "gate",
      () => new VirtualPrivateGateway("gate", { ...vpgArgs, tags }),
    );
    assert.equal(specOf(child("gateway")).tags, undefined);
    assert.deepEqual(specOf(child("tags")), { ...specOf(child("gateway")), tags });
    assert.equal(child("tags").inputs.delete, undefined);
    assert.match(String(child("tags").inputs.triggers), /::gate-gateway$/);
    const vpgId = "0a1b2c3d-0000-0000-0000-000000000000";
    const given = await make(
      "gate",
      () => new VirtualPrivateGateway("gate", { ...vpgArgs, vpgId, tags }),
    );
    assert.deepEqual(given.types, ["Command"], "an existing VPG keeps its tags");
  });

  it("passes an existing VPG's id on, and replaces the VPG when it changes", async () => {
    const vpgId = "0a1b2c3d-0000-0000-0000-000000000000";
    const { child } = await make(
      "gate",
      () => new VirtualPrivateGateway("gate", { ...vpgArgs, vpgId }),
    );
    assert.equal(specOf(child("gateway")).vpgId, vpgId);
    assert.ok((child("gateway").inputs.triggers as unknown[]).includes(vpgId));
  });

  it("runs the driver without a shell, by no path of a machine and with no key", async () => {
    const { child } = await make("gate", () => new VirtualPrivateGateway("gate", vpgArgs));
    const { interpreter, create, update, delete: remove, environment } = child("gateway").inputs;
    assert.deepEqual(interpreter, ["node", "soracom/start.cjs"]);
    assert.deepEqual([create, update, remove], ["vpg ensure", "vpg ensure", "vpg remove"]);
    assert.deepEqual(Object.keys(environment as object), ["CANAL_FTP_SPEC"]);
  });
});

describe("components/Canal", () => {
  it("creates routes only after the peering is accepted", async () => {
    const { child } = await make("canal", () => {
      const vpg = new VirtualPrivateGateway("gate", vpgArgs);
      return new Canal("canal", { vpg, ...canalArgs });
    });
    for (const suffix of ["route-1", "route-2"]) {
      assert.deepEqual(child(suffix).options?.dependsOn, [child("accepter").key]);
    }
  });

  it("requests and accepts the peering, and adds the route back to every route table", async () => {
    const { child } = await make("canal", () => {
      const vpg = new VirtualPrivateGateway("gate", vpgArgs);
      return new Canal("canal", { vpg, ...canalArgs });
    });
    const { peeringConnectionId } = JSON.parse(String(child("peering").outputs.stdout)) as {
      peeringConnectionId: string;
    };
    const { vpgId, ...request } = specOf(child("peering"));
    assert.match(String(vpgId), /^[0-9a-f-]{36}$/);
    assert.deepEqual(request, {
      coverage: "jp",
      owner: "other-program/test/k3j9x2ab4m/canal",
      peerOwnerId: "123456789012",
      peerRegion: "ap-northeast-1",
      peerVpcId: "vpc-1",
      destinationCidrBlock: "10.0.0.0/16",
    });
    assert.equal(child("accepter").inputs.vpcPeeringConnectionId, peeringConnectionId);
    assert.equal(child("accepter").inputs.autoAccept, true);
    for (const [suffix, table] of [
      ["route-1", "rtb-1"],
      ["route-2", "rtb-2"],
    ]) {
      assert.deepEqual(child(suffix).inputs, {
        routeTableId: table,
        destinationCidrBlock: "100.64.0.0/16",
        vpcPeeringConnectionId: peeringConnectionId,
      });
    }
  });
});

describe("components/SimGroup", () => {
  it("makes a group, and attaches SIMs only when there are any", async () => {
    const makeGroup = (simIds: string[], dnsServers: string[] = []) =>
      make("sims", () => {
        const vpg = new VirtualPrivateGateway("gate", vpgArgs);
        return new SimGroup("sims", { vpg, simIds, dnsServers });
      });
    const empty = await makeGroup([]);
    assert.ok(!("dnsServers" in specOf(empty.child("settings"))), "SORACOM's own resolvers");
    const { dnsServers } = specOf((await makeGroup([], ["10.0.0.2"])).child("settings"));
    assert.deepEqual(dnsServers, ["10.0.0.2"]);
    assert.equal(empty.resources.filter(({ name }) => name === "sims-members").length, 0);
    for (const suffix of ["group", "settings"]) {
      assert.equal(specOf(empty.child(suffix)).owner, "other-program/test/k3j9x2ab4m/sims");
    }

    const { child } = await makeGroup(["8981100000000000000"]);
    const { groupId } = JSON.parse(String(child("group").outputs.stdout)) as { groupId: string };
    assert.deepEqual(specOf(child("members")), {
      coverage: "jp",
      groupId,
      simIds: ["8981100000000000000"],
    });
    assert.deepEqual(child("members").inputs.triggers, [
      "urn:pulumi:test::other-program::canal-ftp:index:SimGroup$command:local:Command::sims-group",
    ]);
  });
});
