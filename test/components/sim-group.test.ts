import assert from "node:assert/strict";

import { SimGroup, type SimGroupArgs, maxSims } from "../../components/sim-group";
import { VirtualPrivateGateway } from "../../components/vpg";
import { make } from "../support/evaluate-component";
import { specOf, vpgArgs } from "./soracom-support";

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

  const makeWith = (args: Omit<SimGroupArgs, "vpg">) =>
    make("sims", () => {
      const vpg = new VirtualPrivateGateway("gate", vpgArgs);
      return new SimGroup("sims", { vpg, ...args });
    });
  const groupId = "0a1b2c3d-0000-0000-0000-00000000000a";

  it("uses an existing group, which gets neither tags nor resolvers and is replaced with its id", async () => {
    const tags = { team: "plant" };
    const { child, types } = await makeWith({ groupId, tags, simIds: ["8981100000000000000"] });
    assert.deepEqual(types, ["Command", "Command", "Command"], "VPG, group and members");
    assert.deepEqual(
      [specOf(child("group")).groupId, specOf(child("group")).tags],
      [groupId, undefined],
    );
    assert.ok((child("group").inputs.triggers as unknown[]).includes(groupId));
    assert.equal(specOf(child("members")).groupId, groupId);
  });

  it("refuses resolvers for an existing group, and more SIMs than one environment variable holds", async () => {
    await assert.rejects(
      makeWith({ groupId, dnsServers: ["10.0.0.2"] }),
      /dnsServers cannot be given with groupId/,
    );
    await makeWith({ groupId, dnsServers: [] });
    const simIds = Array.from({ length: maxSims + 1 }, (_, index) => `898110000000${index}`);
    await assert.rejects(
      makeWith({ simIds }),
      /simIds has 1001 SIMs, at most 1000 .*canal-ftp sims/,
    );
    const { child } = await makeWith({ simIds: simIds.slice(1) });
    const { CANAL_FTP_SPEC } = child("members").inputs.environment as Record<string, string>;
    assert.ok(CANAL_FTP_SPEC.length < 32 * 1024, "Windows");
  });
});
