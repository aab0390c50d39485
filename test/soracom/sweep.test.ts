import assert from "node:assert/strict";

import { connect } from "../../soracom/connect";
import { readsUntilComplete } from "../../soracom/job";
import { sweep } from "../../soracom/sweep";
import type { GroupResult, PeeringResult, VpgResult } from "../../soracom/spec";
import { Lab, specs, testKeys } from "./lab";

const owner = "canal-ftp/test";

describe("sweep", () => {
  let lab: Lab;
  let lines: string[];

  before(async () => {
    lab = await Lab.open();
  });
  beforeEach(() => {
    lab.reset();
    lines = [];
  });
  after(() => lab.close());

  const run = () => {
    const { job } = connect("jp", {
      env: { ...testKeys, SORACOM_ENDPOINT: lab.api.endpoint },
      stop: new AbortController().signal,
      log: (line) => void lines.push(line),
      runCli: lab.runCli(true),
      clock: lab.clock,
    });
    return sweep(job, owner);
  };
  /** The calls that changed something, in order. */
  const changes = () =>
    lab.api.calls
      .filter(({ method, operationId }) => method !== "GET" && operationId !== "auth")
      .map(({ operationId }) => operationId);
  const lists = () =>
    lab.api.calls.filter(({ operationId }) => operationId === "listGroups").length;

  it("removes nothing when there is nothing, after a minute of empty lists", async () => {
    assert.deepEqual(await run(), { groups: [], restored: [], peerings: [], vpgs: [] });
    assert.equal(lists(), readsUntilComplete);
    assert.deepEqual(lines, [`waiting for creations of ${owner} that may appear late`]);
  });

  it("removes SIMs from the group, then the group, then peering and VPG", async () => {
    const { vpgId } = await lab.good<VpgResult>("vpg ensure", specs.vpg);
    await lab.good("peering ensure", specs.peering(vpgId));
    const { groupId } = await lab.good<GroupResult>("group ensure", specs.group(vpgId));
    lab.api.world.addSim("a", { groupId, sessionVpgId: vpgId });
    lab.api.calls.length = 0;
    assert.deepEqual(await run(), { groups: [groupId], restored: [], peerings: [], vpgs: [vpgId] });
    assert.deepEqual(changes(), [
      "unsetSimGroup",
      "deleteSimSession",
      "deleteGroup",
      "deleteVpcPeeringConnection",
      "terminateVirtualPrivateGateway",
    ]);
    assert.equal(lab.api.world.sims.get("a")?.groupId, null);
  });

  it("removes its peering from another's VPG, and the journal last", async () => {
    const theirs = { ...specs.vpg, owner: "canal-ftp/other/vpg" };
    const { vpgId } = await lab.good<VpgResult>("vpg ensure", theirs);
    const { peeringConnectionId } = await lab.good<PeeringResult>(
      "peering ensure",
      specs.peering(vpgId),
    );
    lab.api.calls.length = 0;
    assert.deepEqual(await run(), {
      groups: [],
      restored: [],
      peerings: [peeringConnectionId],
      vpgs: [],
    });
    const journalRemoved = "deleteVirtualPrivateGatewayTag";
    assert.deepEqual(changes(), ["deleteVpcPeeringConnection", journalRemoved]);
    const calls = lab.api.calls.map(({ operationId }) => operationId);
    assert.ok(calls.lastIndexOf("listGroups") < calls.indexOf(journalRemoved));
    assert.equal(lab.api.world.vpgs.get(vpgId)?.status, "running");
  });

  it("restores a group that the owner was given, and returns the SIMs that were attached to it", async () => {
    const { vpgId } = await lab.good<VpgResult>("vpg ensure", specs.vpg);
    const configuration = { SoracomBeam: { "udp://beam.soracom.io:23080": { enabled: true } } };
    lab.api.world.groups.set("given", {
      groupId: "given",
      tags: {},
      configuration,
      createdTime: 0,
    });
    for (const simId of ["from the start", "attached"]) lab.api.world.addSim(simId);
    lab.api.world.sims.get("from the start")!.groupId = "given";
    await lab.good("group ensure", { ...specs.group(vpgId), groupId: "given" });
    await lab.good("sims attach", specs.sims("given", ["attached", "from the start"]));
    assert.deepEqual((await run()).restored, ["given"]);
    const { groups, sims } = lab.api.world.snapshot();
    const restored = { groupId: "given", tags: {}, createdTime: 0 };
    assert.deepEqual(groups, [
      { ...restored, configuration: { ...configuration, SoracomAir: {} } },
    ]);
    assert.deepEqual(
      sims.map(({ groupId, tags }) => [groupId, tags]),
      [
        ["given", {}],
        [null, {}],
      ],
    );
  });

  it("reads for a minute more after something that appeared late", async () => {
    const groupId = "late";
    lab.api.watch((call, moment) => {
      if (call.operationId !== "listGroups" || moment !== "before") return;
      if (lists() !== readsUntilComplete - 1) return;
      const tags = { "canal-ftp-owner": `${owner}/group` };
      lab.api.world.groups.set(groupId, { groupId, tags, configuration: {}, createdTime: 0 });
    });
    assert.deepEqual((await run()).groups, [groupId]);
    assert.ok(lists() >= readsUntilComplete - 1 + readsUntilComplete, String(lists()));
  });
});
