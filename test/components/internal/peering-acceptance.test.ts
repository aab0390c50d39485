import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { Canal } from "../../../components/canal";
import { untilActive, untilRequested } from "../../../components/internal/peering-acceptance";
import { VirtualPrivateGateway } from "../../../components/vpg";
import { providers } from "../../../resources";
import { hex } from "../../../resources/context";
import { make } from "../../support/evaluate-component";

const getPeering = "aws:ec2/getVpcPeeringConnection:getVpcPeeringConnection";
const getPeerings = "aws:ec2/getVpcPeeringConnections:getVpcPeeringConnections";

/** Runs a wait while AWS answers with these statuses, the last one again and again; undefined is "no matching". */
async function wait(
  until: typeof untilActive,
  statuses: readonly (string | undefined)[],
): Promise<string> {
  const left = [...statuses];
  let reads = 0;
  await pulumi.runtime.setMocks({
    newResource: ({ name }) => ({ id: name, state: {} }),
    call: ({ token, inputs }) => {
      assert.deepEqual([token, inputs.id], [getPeering, "pcx-1"]);
      reads++;
      const status = left.length > 1 ? left.shift() : left[0];
      // Pulumi's runtime takes an error's text from gRPC's field.
      const details = "no matching EC2 VPC Peering Connection found";
      if (status === undefined) throw Object.assign(new Error(details), { details });
      return { status };
    },
  });
  const polling = { seconds: 30, pauseSeconds: 10, pause: async () => undefined };
  try {
    return `${await until("pcx-1", {}, polling)} after ${reads}`;
  } catch (error) {
    assert.ok(error instanceof pulumi.RunError);
    return error.message;
  }
}

describe("components/internal/untilRequested", () => {
  const cases: [statuses: (string | undefined)[], expected: RegExp][] = [
    [["pending-acceptance"], /^pcx-1 after 1$/],
    [[undefined, "initiating-request", "pending-acceptance"], /^pcx-1 after 3$/],
    [["active"], /^pcx-1 after 1$/],
    [["provisioning"], /^pcx-1 after 1$/],
    [[undefined], /^AWS does not show the peering pcx-1 .* Run pulumi up again/],
    [["initiating-request"], /is initiating-request, not accepted\. Run pulumi up again/],
    [["expired"], /pcx-1 is expired, not accepted\. Run pulumi up --replace/],
  ];
  for (const [statuses, expected] of cases) {
    it(`${statuses.join(", ") || "not shown"}: ${expected.source.slice(0, 40)}`, async () => {
      assert.match(await wait(untilRequested, statuses), expected);
    });
  }
});

describe("components/internal/untilActive", () => {
  const cases: [statuses: (string | undefined)[], expected: RegExp][] = [
    [["active"], /^pcx-1 after 1$/],
    [["pending-acceptance", "provisioning", "active"], /^pcx-1 after 3$/],
    [["pending-acceptance"], /is pending-acceptance, not active\. Run pulumi up again, which acc/],
    [["pending-acceptance", "rejected"], /is rejected, not active\. Run pulumi up --replace/],
  ];
  for (const [statuses, expected] of cases) {
    it(`${statuses.join(", ")}: ${expected.source.slice(0, 40)}`, async () => {
      assert.match(await wait(untilActive, statuses), expected);
    });
  }
});

describe("components/internal/Canal, acceptance", () => {
  /** Canal's children when AWS has these peerings pending before the request. */
  const canal = (pending: (id: string) => string[], status = "pending-acceptance") =>
    make(
      "canal",
      () => {
        const vpg = new VirtualPrivateGateway("gate", {
          coverage: "jp",
          region: "ap-northeast-1",
          owner: "other-program/test",
        });
        return new Canal("canal", {
          vpg,
          vpcId: "vpc-1",
          vpcCidr: "10.0.0.0/16",
          region: "ap-northeast-1",
          accountId: "123456789012",
          routeTableIds: ["rtb-1"],
          tags: { stack: "test" },
        });
      },
      {
        ...providers,
        invoke: (token, inputs, state) => {
          const isAccepted = state.resources().some(({ type }) => type.endsWith("Accepter"));
          if (token === getPeering) return { status: isAccepted ? "active" : status };
          if (token !== getPeerings) return providers.invoke(token, inputs, state);
          const peeringConnectionId = `pcx-${hex("canal-peering", 17)}`;
          return { ids: pending(peeringConnectionId) };
        },
      },
    );
  it("gives the accepter nothing but its tags when the request is new", async () => {
    const { child } = await canal(() => ["pcx-of-another"]);
    assert.deepEqual(child("accepter").inputs.tags, { stack: "test", Name: "canal" });
  });

  it("updates the accepter when an earlier run has recorded the request and not accepted it", async () => {
    const { child } = await canal((id) => [id]);
    const { vpcPeeringConnectionId, tags } = child("accepter").inputs;
    assert.equal((tags as Record<string, string>).accept, vpcPeeringConnectionId);
  });

  it("does not update the accepter of an active peering that is also listed", async () => {
    const { child } = await canal((id) => [id], "active");
    assert.deepEqual(child("accepter").inputs.tags, { stack: "test", Name: "canal" });
  });
});
