import assert from "node:assert/strict";

import type { EvaluatedStack } from "../../../lib/stack/resource";
import { readSoracom } from "../../../twin/reads/soracom-reads";
import { evaluateStack } from "../../support/golden";
import { siteOf, soracom } from "./support";

const sim = "8981100000000000000";

describe("readSoracom", () => {
  let stack: EvaluatedStack;
  let vpgId: string;
  let groupId: string;
  before(async () => {
    stack = await evaluateStack("dev", { "canal-ftp:simIds": JSON.stringify([sim]) });
    vpgId = String(stack.outputs.vpgId);
    groupId = String(stack.outputs.simGroupId);
  });

  type Vpg = { vpgId: string; status: string; vpcPeeringConnections: Record<string, object> };

  it("the VPG with its peering, running or failed", () => {
    const get = (of: Parameters<typeof soracom>[0]) =>
      soracom<Vpg>(of, "vpg", "get", "--vpg-id", vpgId);
    const vpg = get(siteOf(stack));
    assert.deepEqual([vpg.vpgId, vpg.status], [vpgId, "running"]);
    assert.deepEqual(Object.keys(vpg.vpcPeeringConnections), [stack.outputs.peeringConnectionId]);
    assert.equal(get(siteOf(stack, "vpg-failed")).status, "failed");
  });

  it("VPGs and groups by their tags", () => {
    const list = (what: string, value: string) =>
      soracom<{ vpgId?: string; groupId?: string }[]>(
        siteOf(stack),
        ...[what, "list", "--tag-name", "canal-ftp-owner", "--tag-value", value],
      );
    const owner = String(stack.outputs.soracomOwner);
    assert.equal(list("vpg", `${owner}/canal-ftp-dev-vpg`)[0]?.vpgId, vpgId);
    assert.equal(list("groups", `${owner}/canal-ftp-dev-sims`)[0]?.groupId, groupId);
    assert.deepEqual([list("vpg", "others"), list("groups", "others")], [[], []]);
  });

  it("the group on the VPG, and its SIMs, all online in it", () => {
    type Group = { configuration: { SoracomAir: { useVpg: boolean; vpgId: string } } };
    const { configuration } = soracom<Group>(
      siteOf(stack),
      ...["groups", "get", "--group-id", groupId],
    );
    const { useVpg, vpgId: of } = configuration.SoracomAir;
    assert.deepEqual([useVpg, of], [true, vpgId]);
    const list = ["groups", "list-subscribers", "--group-id"];
    assert.deepEqual(soracom(siteOf(stack), ...list, groupId), [
      { simId: sim, groupId, sessionStatus: { online: true, vpgId } },
    ]);
    assert.deepEqual(soracom(siteOf(stack), ...list, "others"), []);
  });

  it("nothing for an unknown id, and nothing for a command that changes something", () => {
    for (const [words, message] of [
      [["vpg", "get", "--vpg-id", "none"], /There is no resource with this id/],
      [["groups", "get", "--group-id", "none"], /There is no resource with this id/],
      [["vpg", "terminate", "--vpg-id", vpgId], /does not answer soracom vpg terminate/],
    ] as const) {
      const { code, stdout, stderr } = readSoracom(words, siteOf(stack));
      assert.deepEqual([code, stdout], [1, ""]);
      assert.match(stderr, message);
    }
  });
});
