import assert from "node:assert/strict";
import { PeeringResult, VpgResult } from "../../soracom/spec";
import { PeeringRequest } from "../../fakes/soracom/world";
import { Lab, specs } from "./lab";

describe("peering", () => {
  let lab: Lab;
  let vpgId: string;
  const open = async (peeringValues: "request" | "opaque"): Promise<void> => {
    lab.reset({ peeringValues });
    ({ vpgId } = await lab.good<VpgResult>("vpg ensure", specs.vpg));
  };
  before(async () => {
    lab = await Lab.open();
  });
  after(() => lab.close());

  const peerings = (): Record<string, PeeringRequest> =>
    lab.api.world.vpgs.get(vpgId)?.peerings ?? {};
  const ensure = (changes: object = {}, previous?: object): Promise<PeeringResult> =>
    lab.good<PeeringResult>(
      "peering ensure",
      { ...specs.peering(vpgId), ...changes },
      { previous },
    );
  /** Another's peering, made in the console. */
  const byHand = (id: string, peerVpcId: string): void => {
    const vpg = lab.api.world.vpgs.get(vpgId);
    assert.ok(vpg);
    vpg.peerings = { ...vpg.peerings, [id]: { ...specs.peering(vpgId), peerVpcId } };
  };

  for (const values of ["request", "opaque"] as const) {
    it(`is found again without the previous output (values: ${values})`, async () => {
      await open(values);
      byHand("pcx-0bb1", "vpc-0bbb");
      const first = await ensure();
      byHand("pcx-0bb2", "vpc-0ccc");
      assert.deepEqual(await ensure(), first);
      assert.deepEqual(Object.keys(peerings()).sort(), [
        first.peeringConnectionId,
        "pcx-0bb1",
        "pcx-0bb2",
      ]);
    });

    it(`takes away its own and no other (values: ${values})`, async () => {
      await open(values);
      byHand("pcx-0bb1", "vpc-0bbb");
      const first = await ensure();
      byHand("pcx-0bb2", "vpc-0ccc");
      await lab.good("peering remove", specs.peering(vpgId), { previous: first });
      assert.deepEqual(Object.keys(peerings()), ["pcx-0bb1", "pcx-0bb2"]);
      const tags = Object.keys(lab.api.world.vpgs.get(vpgId)?.tags ?? {});
      assert.deepEqual(
        tags.filter((name) => name.includes("peering")),
        [],
      );
      await lab.good("peering remove", specs.peering(vpgId), { previous: first });
    });

    it(`is made again when it was deleted on SORACOM's side (values: ${values})`, async () => {
      await open(values);
      const first = await ensure();
      delete peerings()[first.peeringConnectionId];
      const second = await ensure({}, first);
      assert.notEqual(second.peeringConnectionId, first.peeringConnectionId);
      assert.deepEqual(Object.keys(peerings()), [second.peeringConnectionId]);
    });

    it(`is made again when it is gone on the AWS side, and once only (values: ${values})`, async () => {
      await open(values);
      byHand("pcx-0bb1", "vpc-0bbb");
      const first = await ensure();
      const gone = [first.peeringConnectionId, "pcx-0bb1"];
      const second = await ensure({ gone }, first);
      assert.notEqual(second.peeringConnectionId, first.peeringConnectionId);
      // Another's dead peering is another's business.
      assert.deepEqual(Object.keys(peerings()), ["pcx-0bb1", second.peeringConnectionId]);
      // The next run still knows of the dead one, or not any more; a create has no previous output.
      assert.deepEqual(await ensure({ gone }, second), second);
      assert.deepEqual(await ensure({ gone }), second);
      assert.deepEqual(await ensure({}, second), second);
      assert.equal(Object.keys(peerings()).length, 2);
    });
  }

  it("two peerings from one VPG with two VPCs do not mix", async () => {
    await open("opaque");
    const one = await ensure();
    const two = await ensure({ peerVpcId: "vpc-0bbb", destinationCidrBlock: "10.1.0.0/16" });
    assert.notEqual(one.peeringConnectionId, two.peeringConnectionId);
    assert.deepEqual(await ensure(), one);
  });

  it("has no update: another destination deletes it and makes another", async () => {
    await open("opaque");
    const first = await ensure();
    const second = await ensure({ destinationCidrBlock: "10.0.0.0/20" }, first);
    assert.deepEqual(Object.keys(peerings()), [second.peeringConnectionId]);
    assert.equal(peerings()[second.peeringConnectionId].destinationCidrBlock, "10.0.0.0/20");
  });

  it("keeps the recorded one of two with the same VPC, and removes both at the end", async () => {
    await open("request");
    const first = await ensure();
    byHand("pcx-0bb1", "vpc-0aaa");
    const again = await ensure();
    assert.equal(again.peeringConnectionId, first.peeringConnectionId);
    assert.deepEqual(Object.keys(peerings()), [first.peeringConnectionId]);
    byHand("pcx-0bb2", "vpc-0aaa");
    await lab.good("peering remove", specs.peering(vpgId), { previous: first });
    assert.deepEqual(peerings(), {});
  });

  it("waits for a VPG that is still being made", async () => {
    await open("opaque");
    const vpg = lab.api.world.vpgs.get(vpgId);
    assert.ok(vpg);
    Object.assign(vpg, { status: "creating", readsLeft: 3 });
    const { error, stderr } = await lab.run("peering ensure", specs.peering(vpgId));
    assert.equal(error, undefined);
    assert.match(stderr, /waiting for VPG \S+ to run: creating/);
  });

  it("is gone with its VPG", async () => {
    await open("opaque");
    const first = await ensure();
    lab.api.world.vpgs.delete(vpgId);
    await lab.good("peering remove", specs.peering(vpgId), { previous: first });
  });
});
