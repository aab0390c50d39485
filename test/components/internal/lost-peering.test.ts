import assert from "node:assert/strict";

import { Canal } from "../../../components/canal";
import { VirtualPrivateGateway } from "../../../components/vpg";
import { providers } from "../../../resources";
import { make } from "../../support/evaluate-component";

const getRouteTable = "aws:ec2/getRouteTable:getRouteTable";
const getRouteTables = "aws:ec2/getRouteTables:getRouteTables";
const getPeering = "aws:ec2/getVpcPeeringConnection:getVpcPeeringConnection";
const getPeerings = "aws:ec2/getVpcPeeringConnections:getVpcPeeringConnections";

type Route = { cidrBlock: string; vpcPeeringConnectionId: string };

/** What the Canal component asks the driver for, given the routes there are and the peerings AWS still has. */
async function gone(
  routes: Record<string, Route[]>,
  living: string[],
  tags: Record<string, Record<string, string>> = {},
): Promise<unknown> {
  const asked: unknown[] = [];
  const own: typeof providers = {
    ...providers,
    invoke: (token, inputs, state) => {
      if (token === getRouteTables) {
        assert.equal(inputs.vpcId, "vpc-1");
        return { ids: Object.keys(routes) };
      }
      if (token === getPeering) {
        const peering = providers.invoke(token, inputs, state) as object;
        return { ...peering, tags: tags[String(inputs.id)] ?? {} };
      }
      if (token === getRouteTable) return { routes: routes[String(inputs.routeTableId)] };
      if (token !== getPeerings) return providers.invoke(token, inputs, state);
      const [{ name, values }] = inputs.filters as { name: string; values: string[] }[];
      // The other read is of requests that wait for their acceptance.
      if (name !== "vpc-peering-connection-id") return { ids: [] };
      asked.push(inputs.filters);
      return { ids: values.filter((id) => living.includes(id)) };
    },
  };
  const { child } = await make(
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
        routeTableIds: Object.keys(routes),
      });
    },
    own,
  );
  const { CANAL_FTP_SPEC: spec } = child("peering").inputs.environment as Record<string, string>;
  const found = (JSON.parse(spec) as { gone?: string[] }).gone;
  const { replaces } = child("accepter").inputs.tags as { replaces?: string };
  assert.equal(replaces, found?.join(" "), "the accepted peering keeps which it replaces");
  const { triggers } = child("peering").inputs;
  assert.equal((triggers as unknown[]).length, 5, "a lost peering is no trigger");
  for (const filters of asked) {
    assert.deepEqual((filters as { values: string[] }[])[1].values, [
      ...["initiating-request", "pending-acceptance", "provisioning", "active"],
    ]);
  }
  return found;
}

/** The range that the twin's VPG has. */
const to = (vpcPeeringConnectionId: string, cidrBlock = "100.64.0.0/16"): Route => ({
  cidrBlock,
  vpcPeeringConnectionId,
});

describe("components/lostPeerings", () => {
  it("finds nothing in new tables, so that the first and the second run make the same request", async () => {
    assert.equal(await gone({ "rtb-1": [], "rtb-2": [] }, []), undefined);
    assert.equal(
      await gone({ "rtb-1": [to("pcx-1")], "rtb-2": [to("pcx-1")] }, ["pcx-1"]),
      undefined,
    );
  });

  it("finds the peering that the routes lead to and AWS has no more", async () => {
    assert.deepEqual(await gone({ "rtb-1": [to("pcx-1")], "rtb-2": [to("pcx-1")] }, []), ["pcx-1"]);
  });

  it("ignores other routes: other ranges, other targets", async () => {
    const routes = [to("pcx-other", "10.9.0.0/16"), to("", "100.64.0.0/16"), to("pcx-1")];
    assert.equal(await gone({ "rtb-1": routes }, ["pcx-1"]), undefined);
  });

  it("finds it when only some of the tables were led to the new one", async () => {
    assert.deepEqual(await gone({ "rtb-1": [to("pcx-2")], "rtb-2": [to("pcx-1")] }, ["pcx-2"]), [
      "pcx-1",
    ]);
  });

  it("finds those that the peering in use replaces, so that the run after has nothing to change", async () => {
    const routes = { "rtb-1": [to("pcx-3")], "rtb-2": [to("pcx-3")] };
    const tags = { "pcx-3": { Name: "canal", replaces: "pcx-1 pcx-2" } };
    assert.deepEqual(await gone(routes, ["pcx-3"], tags), ["pcx-1", "pcx-2"]);
    assert.deepEqual(await gone(routes, [], tags), ["pcx-3"], "when it has ended itself");
  });
});
